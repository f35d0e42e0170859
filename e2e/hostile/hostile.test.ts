import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jobError, listAll, waitForJob } from "@opendvp/client";
import type { JsonObject } from "@opendvp/model";
import { listProcesses } from "@opendvp/subprocess";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  installPlugin,
  isRoot,
  makeSource,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../engine-under-test/index.ts";

const HOSTILE = fileURLToPath(new URL("hostile-plugin/plugin_config.yml", import.meta.url));
const MIB = 1024 * 1024;
const LIMITS = { memoryLimitBytes: 192 * MIB, processLimit: 64, outputLimitBytes: 4 * MIB, firstUid: 1_901_000_000, uidCount: 100 };
/** Of the engine's process at its worst moment; at rest it has less than half of it. */
const ENGINE_MEMORY_BYTES = 700 * MIB;

describe.skipIf(!isRoot)("while a hostile plugin does its worst to its own dataset (needs root)", () => {
  let engine: EngineUnderTest;
  let hostile: InstalledPlugin;
  let normalMs: number;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    const file = join(engine.dataDirectory, "configuration.json");
    await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, "utf8")) as JsonObject), plugins: LIMITS }));
    await engine.restart();
    const source = await makeSource(engine);
    const directory = await installPlugin(engine, "directory");
    hostile = await installPlugin(engine, "hostile", HOSTILE);
    const source_id = await directory.addSource(source);
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id, parameters: {} } }));
    const body = { name: "copy", source_data_id: "tree", repository_id: directory.repository };
    const appdata_source_params = { mountPath: join(engine.directory, "copy") };
    await engine.run(engine.client.vdbs.provisionBySnapshot({ body: { ...body, appdata_source_params } }));
    await snapshotAndRefresh();
    normalMs = await snapshotAndRefresh();
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  /** The life of somebody else's dataset. */
  async function snapshotAndRefresh(): Promise<number> {
    const { vdbs } = engine.client;
    const beganAt = performance.now();
    await engine.run(vdbs.snapshot({ params: { vdbId: "copy" }, body: {} }));
    await engine.run(vdbs.refreshBySnapshot({ params: { vdbId: "copy" }, body: {} }));
    return performance.now() - beganAt;
  }

  /** Its misdeed is what it does when it is asked to initialize. */
  async function isAtItsWorst(jobId: string): Promise<boolean> {
    const { step, end_time } = await engine.client.jobs.show({ params: { jobId } });
    return step === "initialize" || end_time !== null;
  }

  /** What the kernel counted as the most that the engine had in memory since it was last reset. */
  const peakBytes = (): number => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${engine.pid}/status`, "utf8"))?.[1]) * 1024;

  async function hostileProcesses(): Promise<readonly string[]> {
    const { plugin_processes } = await engine.client.engine.status();
    const ofOthers = new Set(plugin_processes.filter(({ plugin_name }) => plugin_name !== "hostile").map(({ pid }) => pid));
    const isHostile = ({ uid }: { readonly uid: number }): boolean => uid >= LIMITS.firstUid && uid < LIMITS.firstUid + LIMITS.uidCount;
    const isOfOthers = ({ pid, ppid }: { readonly pid: number; readonly ppid: number }): boolean => ofOthers.has(pid) || ofOthers.has(ppid);
    const all = await listProcesses();
    const shells = new Set(all.filter(isOfOthers).map(({ pid }) => pid));
    const left = all.filter((line) => isHostile(line) && !shells.has(line.ppid) && !shells.has(line.pid));
    return left.map(({ command }) => command);
  }

  test.each([
    ["loop", "CANCELED", /cancelled/],
    ["forkBomb", "CANCELED", /cancelled/],
    ["eatMemory", "PLUGIN_LIMIT", /needed more than 201326592 bytes of memory/],
    ["floodOutput", "PLUGIN_LIMIT", /wrote more than 4194304 bytes of output/],
    ["bombWithJson", "PLUGIN_LIMIT", /holds more than 1048576 values/],
    ["deepNesting", "PLUGIN_LIMIT", /more than 256 levels deep/],
    ["askWithoutReading", "PLUGIN_PROTOCOL", /answers wait for the other side to read them/],
    ["commandsThatWriteMuch", "PLUGIN_LIMIT", /What commands under way wrote together has \d+ bytes/],
    ["exitAmidCommands", "PLUGIN_DIED", /exit code 0/],
    ["wrongClass", "PLUGIN_RESULT_INVALID", /virtual\.initialize/],
  ])("by %s, others go on in normal time, and it fails with %s", async (how, code, says) => {
    const { client } = engine;
    await writeFile(`/proc/${engine.pid}/clear_refs`, "5");
    const appdata_source_params = { mountPath: join(engine.directory, how), how };
    const { job } = await client.vdbs.createEmpty({ body: { name: how, repository_id: hostile.repository, appdata_source_params } });
    await expect.poll(() => isAtItsWorst(job.id)).toBe(true);

    expect(await snapshotAndRefresh()).toBeLessThan(5000 + 5 * normalMs);
    const askedAt = performance.now();
    await client.engine.status();
    expect(performance.now() - askedAt).toBeLessThan(2000);
    if (code === "CANCELED") await client.jobs.cancel({ params: { jobId: job.id } });
    const error = jobError(await waitForJob(client, job.id));

    expect(error).toMatchObject({ code });
    expect(error?.message).toMatch(says);
    expect(peakBytes()).toBeLessThan(ENGINE_MEMORY_BYTES);
    expect((await listAll((query) => client.vdbs.list({ query }))).map(({ name }) => name)).toEqual(["copy"]);
    // One that has answered may answer again, whatever the answer was worth.
    const left = code === "PLUGIN_RESULT_INVALID" ? ["node"] : [];
    await expect.poll(hostileProcesses, { timeout: 10_000 }).toEqual(left);
    const commands = (await listProcesses()).filter(({ command }) => command === "sleep");
    expect(commands.filter(({ pid }) => readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("47110815"))).toEqual([]);
  });
});
