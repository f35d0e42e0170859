import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PluginLogs } from "@opendvp/core";
import type { EngineError, JsonObject } from "@opendvp/model";
import { createPluginRuntime } from "../src/index.ts";
import { buildHostilePlugin } from "./support/build-plugin.ts";
import { HOSTILE_PLUGINS, type Hostility } from "./support/hostile-plugins.ts";
import { startQuietNeighbour, type QuietNeighbour } from "./support/quiet-neighbour.ts";
import { createHarness, noLibraries, type RuntimeHarness } from "./support/runtime-harness.ts";
import { systemClock } from "./support/system-clock.ts";
import { belongings, type Belongings } from "./support/what-is-left.ts";

const MIB = 1024 * 1024;
const UIDS = { firstUid: 1_900_900_000, uidCount: 100 };
const NO_LOGS: PluginLogs = { write: () => undefined, files: async () => [], close: async () => undefined };
/** What a loaded machine may make of two milliseconds. */
const NORMAL_TIME_MS = 8000;

describe.skipIf(process.getuid?.() !== 0)("behind all guards (needs root), a plugin of the kind", () => {
  let harness: RuntimeHarness;
  let neighbour: QuietNeighbour;
  let directory: string;
  let atRest: Belongings;

  beforeAll(async () => {
    // Not in the temporary directory: every plugin has one of its own.
    directory = await mkdtemp("/var/tmp/opendvp-test-hostile-");
    await writeFile(join(directory, "secret.key"), "of the engine");
    harness = await createHarness({
      cancelGraceMs: 200,
      guards: { workDirectory: join(directory, "run") },
      limits: { memoryLimitBytes: 160 * MIB, processLimit: 48, outputLimitBytes: 4 * MIB, ...UIDS },
    });
    neighbour = await startQuietNeighbour(harness);
    atRest = await belongings(UIDS.firstUid, UIDS.uidCount);
    expect(atRest).toMatchObject({ processes: [expect.stringContaining("node")], mounts: [] });
  });
  afterAll(async () => {
    await neighbour.stop();
    await harness.close();
    expect(await belongings(UIDS.firstUid, UIDS.uidCount)).toEqual({ processes: [], groups: [], mounts: [] });
    await rm(directory, { recursive: true });
  });
  afterEach(async () => {
    const { failed, longestMs } = neighbour.experience();
    expect(failed).toEqual([]);
    expect(longestMs).toBeLessThan(NORMAL_TIME_MS);
    await expect.poll(() => belongings(UIDS.firstUid, UIDS.uidCount), { timeout: 10_000 }).toEqual(atRest);
    expect(await readFile(join(directory, "secret.key"), "utf8")).toBe("of the engine");
  });

  const surroundings = (): JsonObject => ({
    enginePid: process.pid,
    engineFiles: [directory, join(directory, "secret.key"), join(directory, "run"), import.meta.filename],
    otherPid: neighbour.pid(),
  });

  async function outcomeOf({ name, timeLimitMs = 20_000 }: Hostility, signal = new AbortController().signal): Promise<unknown> {
    const plugin = await buildHostilePlugin(name);
    const runBash = async () => {
      await sleep(50);
      return { exitCode: 0, stdout: "", stderr: "" };
    };
    const libraries = { ...noLibraries, runBash };
    try {
      return await harness.call(plugin, surroundings(), { timeLimitMs, libraries, signal }).catch((error: unknown) => error);
    } finally {
      await harness.runtime.retire(plugin.reference);
    }
  }

  test.each(HOSTILE_PLUGINS)("$name fails its own operation with $code", async (hostility) => {
    const error = (await outcomeOf(hostility)) as EngineError;
    expect(error).toMatchObject({ code: hostility.code, details: hostility.details ?? { plugin: hostility.name } });
    expect(error.message).toMatch(hostility.says);
    expect(error.action).not.toBe("");
  });

  test("ignore-cancel is killed after a grace, with children that ignore signals as well", async () => {
    const controller = new AbortController();
    const outcome = outcomeOf({ name: "ignore-cancel", code: "CANCELED", says: /./ }, controller.signal);
    await expect.poll(() => harness.lines.some(({ message }) => message === "not listening"), { timeout: 10_000 }).toBe(true);
    controller.abort();
    expect(await outcome).toMatchObject({ code: "CANCELED", details: { plugin: "ignore-cancel" } });
  });

  test("flood-unread-answers is answered no more while its first answer waits to be read", async () => {
    let asked = 0;
    const stdout = "x".repeat(80 * MIB);
    const libraries = { ...noLibraries, runBash: () => ((asked += 1), Promise.resolve({ exitCode: 0, stdout, stderr: "" })) };
    const call = harness.call(await buildHostilePlugin("flood-unread-answers"), {}, { timeLimitMs: 1500, libraries });
    await expect(call).rejects.toMatchObject({ code: "TIME_LIMIT" });
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(2);
  });

  test.each([
    ["write-to-engine", []],
    ["read-engine", []],
    ["signal-others", []],
    ["become-root", []],
  ])("%s can do nothing of what it tries", async (name, done) => {
    const error = (await outcomeOf({ name, code: "PLUGIN_USER_ERROR", says: /./ })) as EngineError;
    expect(error).toMatchObject({ code: "PLUGIN_USER_ERROR", message: "what I could do." });
    expect(JSON.parse(error.details["output"] as string)).toEqual(done);
  });

  test("answer-twice is believed once, and its process serves nobody else", async () => {
    expect(await outcomeOf({ name: "answer-twice", code: "PLUGIN_PROTOCOL", says: /./ })).toBe("first");
  });

  test("return-prototype-keys changes no object of the engine", async () => {
    const value = await outcomeOf({ name: "return-prototype-keys", code: "PLUGIN_BUG", says: /./ });
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect("isPolluted" in {}).toBe(false);
  });

  test("patch-exit is ended although it does not shut down", async () => {
    expect(await outcomeOf({ name: "patch-exit", code: "PLUGIN_DIED", says: /./ })).toBeNull();
  });

  test.each([
    ["leave-child", "an operation has left processes running in it"],
    ["leave-hidden-child", "an operation has left processes running in it"],
    ["work-while-idle", "it goes on working although no operation runs in it"],
  ])("%s loses its process soon after its operation", async (name, complaint) => {
    const plugin = await buildHostilePlugin(name);
    expect(await harness.call(plugin)).toBeNull();
    const pids = () => harness.runtime.status().processes.filter((process) => process.plugin === plugin.reference);
    await expect.poll(pids, { timeout: 20_000 }).toEqual([]);
    expect(harness.lines.map(({ message }) => message)).toContain(`The process is ended: ${complaint}.`);
  });

  test.each([
    ["throw-at-import", /no way/],
    ["exit-at-import", /exit code 5/],
    ["export-another", /is no plugin/],
  ])("%s is refused when it is uploaded", async (name, says) => {
    const refused = harness.runtime.describe(await buildHostilePlugin(name));
    await expect(refused).rejects.toMatchObject({ code: "PLUGIN_INVALID", message: expect.stringMatching(says) as string });
  });

  test("hang-at-import is refused when its time to load is over", async () => {
    const impatient = await createPluginRuntime({ clock: systemClock, logs: NO_LOGS, limits: { startLimitMs: 1000, ...UIDS } });
    const refused = impatient.describe(await buildHostilePlugin("hang-at-import"));
    await expect(refused).rejects.toMatchObject({ code: "PLUGIN_INVALID", message: expect.stringContaining("within 1 s") as string });
    await impatient.close();
  });
});

test("each hostile plugin has its test", async () => {
  const files = readdirSync(join(import.meta.dirname, "hostile")).map((name) => name.replace(/\.ts$/, ""));
  const tests = await readFile(import.meta.filename, "utf8");
  const tested = new Set(HOSTILE_PLUGINS.map(({ name }) => name));
  expect(files.filter((name) => !tested.has(name) && !tests.includes(`"${name}"`))).toEqual([]);
});
