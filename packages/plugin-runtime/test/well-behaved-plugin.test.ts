import { afterAll, beforeAll, expect, test } from "vitest";
import type { PluginVersion } from "@opendvp/core";
import { EngineError, type Json, type MigrationKey, type MigrationName } from "@opendvp/model";
import { buildPlugin } from "./support/build-plugin.ts";
import { createHarness, noLibraries, type RuntimeHarness } from "./support/runtime-harness.ts";
import { connection } from "./support/values.ts";

let harness: RuntimeHarness;
let plugin: PluginVersion;

beforeAll(async () => {
  harness = await createHarness();
  plugin = await buildPlugin("well-behaved");
});
afterAll(() => harness.close());

test("tells what it implements", async () => {
  expect(await harness.runtime.describe(plugin)).toEqual({
    operations: ["discovery.repository", "virtual.mountSpecification", "virtual.status", "virtual.postSnapshot", "virtual.start"],
    migrationIds: ["1", "2026.1.2"],
    luaMigrations: { linkedSource: ["1.9", "1.10"] },
    warnings: [],
  });
});

test("migrates an object, by id or from a version of a Lua toolkit", async () => {
  const migrate = (operation: MigrationName, key: MigrationKey): Promise<Json> =>
    harness.runtime.call({
      plugin,
      operation,
      arguments: { ...key, old: { name: "old" } },
      secrets: [],
      libraries: noLibraries,
      signal: new AbortController().signal,
      timeLimitMs: 20_000,
      logPrefix: "[JOB-1]",
    });
  expect(await migrate("upgrade.repository", { migrationId: "2026.1.2" })).toEqual({ name: "old", added: true });
  expect(await migrate("upgrade.linkedSource", { luaVersion: "1.10" })).toEqual({ name: "old", isNew: true });
  expect(await migrate("upgrade.snapshot", { luaVersion: "1.10" })).toBeNull();
});

test("answers with values and classes as plain JSON", async () => {
  const postSnapshot = await harness.call(plugin, {}, { operation: "virtual.postSnapshot" });
  const status = await harness.call(plugin, {}, { operation: "virtual.status" });
  const specification = await harness.call(plugin, {}, { operation: "virtual.mountSpecification" });
  expect([postSnapshot, status]).toEqual([{ takenAt: "now" }, "ACTIVE"]);
  expect(specification).toEqual({
    mounts: [{ remoteEnvironment: connection.environment, mountPath: "/mnt/copy", sharedPath: null }],
    ownershipSpecification: null,
  });
});

test("calls a library of the engine and keeps its variables out of the log", async () => {
  const asked: unknown[] = [];
  const runBash = (request: unknown) => (asked.push(request), Promise.resolve({ exitCode: 0, stdout: "found\n", stderr: "" }));
  const result = await harness.call(
    plugin,
    {},
    { operation: "discovery.repository", arguments: { sourceConnection: connection }, libraries: { ...noLibraries, runBash } },
  );
  expect(result).toEqual([{ name: "found" }]);
  expect(asked).toMatchObject([
    { remoteConnection: connection, command: "echo found", variables: { SECRET: "hunter2" }, useLoginShell: false },
  ]);
  expect(JSON.stringify(harness.lines)).not.toContain("hunter2");
});

test("fails with words of its own", async () => {
  await expect(harness.call(plugin, { how: "userError" })).rejects.toMatchObject({
    code: "PLUGIN_USER_ERROR",
    message: "The port is taken.",
    action: "Choose another port.",
    details: { output: "bind: address in use" },
  });
});

test("fails with words of its own and no output: its stack is the author's to find, in the log", async () => {
  const error = (await harness.call(plugin, { how: "userErrorWithoutOutput" }).catch((thrown: unknown) => thrown)) as EngineError;
  expect(error).toMatchObject({ code: "PLUGIN_USER_ERROR", message: "The disk is full.", action: "Empty it." });
  expect(Object.keys(error.details).sort()).toEqual(["operation", "plugin"]);
  expect(JSON.stringify(error.toShape())).not.toContain("well-behaved.ts");
  const traced = harness.lines.filter(({ level }) => level === "DEBUG").map(({ message }) => message);
  expect(traced.join("\n")).toMatch(/failed: UserError: The disk is full\.[\s\S]*well-behaved\.ts:\d+/);
});

test("shows any other error as the plugin's bug, with a stack of the author's own source", async () => {
  const error = (await harness.call(plugin, { how: "bug" }).catch((thrown: unknown) => thrown)) as EngineError;
  expect(error).toMatchObject({ code: "PLUGIN_BUG" });
  expect(error.message).toContain("cannot read the moon");
  expect(error.details["stack"]).toMatch(/TypeError: cannot read the moon[\s\S]*well-behaved\.ts:\d+/);
});

test("passes an error of the engine's library on unchanged when it does not handle it", async () => {
  const failure = new EngineError("HOST_UNREACHABLE", "No route to the host", { action: "Check the network.", details: { port: 22 } });
  const libraries = { ...noLibraries, runBash: () => Promise.reject(failure) };
  await expect(harness.call(plugin, { how: "library" }, { libraries })).rejects.toBe(failure);
});

test("names exit code and output when a checked command fails", async () => {
  const libraries = { ...noLibraries, runBash: () => Promise.resolve({ exitCode: 9, stdout: "so far", stderr: "no further" }) };
  const error = (await harness.call(plugin, { how: "script" }, { libraries }).catch((thrown: unknown) => thrown)) as EngineError;
  expect(error.code).toBe("PLUGIN_BUG");
  expect(error.message).toMatch(/exit code 9[\s\S]*so far[\s\S]*no further/);
});

test("an error that nobody awaits fails the operation under way, not the next one", async () => {
  await expect(harness.call(plugin, { how: "floating" })).rejects.toMatchObject({ code: "PLUGIN_BUG" });
  expect(await harness.call(plugin)).toBeNull();
});

test("an answer waits for the library calls that were left under way", async () => {
  let isDone = false;
  const runBash = () =>
    new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) => {
      setTimeout(() => {
        isDone = true;
        resolve({ exitCode: 0, stdout: "", stderr: "" });
      }, 60);
    });
  await harness.call(plugin, { how: "stragglers" }, { libraries: { ...noLibraries, runBash } });
  expect(isDone).toBe(true);
});

test("what it logs and prints goes to its log under the prefix of the call", async () => {
  harness.lines.length = 0;
  await harness.call(plugin, { how: "log" });
  await expect
    .poll(() => harness.lines.map(({ level, message }) => `${level} ${message}`).sort())
    .toEqual([
      "DEBUG value 7",
      expect.stringMatching(/^DEBUG virtual.start answered after \d+ ms$/),
      "ERROR two\nlines",
      "INFO printed",
      "WARNING complained",
    ]);
  expect(new Set(harness.lines.map(({ prefix }) => prefix))).toEqual(new Set(["[Worker-1|JOB-1|DB_START(APPDATA_CONTAINER-1)]"]));
});

test("an operation that it does not implement is named", async () => {
  await expect(harness.call(plugin, {}, { operation: "virtual.cleanup" })).rejects.toMatchObject({ code: "PLUGIN_OPERATION_MISSING" });
});

test("a warm call takes at most two milliseconds (of 300, the quarter that other tests disturb least)", async (context) => {
  const times: number[] = [];
  for (let round = 0; round < 300; round += 1) {
    const startedAt = performance.now();
    await harness.call(plugin, {}, { operation: "virtual.status" });
    times.push(performance.now() - startedAt);
  }
  const median = times.sort((a, b) => a - b)[150] ?? Infinity;
  await context.annotate(`warm plugin call: median ${median.toFixed(2)} ms, 99th percentile ${(times[297] ?? 0).toFixed(2)} ms`);
  expect(times[75]).toBeLessThan(2);
});
