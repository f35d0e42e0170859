import { EngineError } from "@opendvp/model";
import { EXAMPLES, FakeClock } from "@opendvp/testkit";
import { expect, test } from "vitest";
import type { DatasetParts } from "../../src/datasets/dataset-parts.ts";
import { Scenes } from "../../src/datasets/scenes.ts";
import { Restoration } from "../../src/monitoring/restoration.ts";
import { restoreWantedStates, type RestoreParts } from "../../src/monitoring/restore.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";
import { Latch } from "../bench/latch.ts";

const { vdb, job } = EXAMPLES;
const USERS_JOB = { ...job, reference: "JOB-7", workflow: "sync", state: "RUNNING", endedAt: null } as const;
const STARTED = { job: job.reference, action: job.action, target: vdb.reference } as const;

/** One VDB that is wanted running and is not mounted, on a real catalog; `enable` is the test's. */
async function restoreBench(enable: () => Promise<typeof STARTED>, more: Partial<RestoreParts> = {}) {
  const catalog = await exampleCatalog();
  await catalog.transact(async (transaction) => {
    await transaction.insertJob(job);
    await transaction.insertJob(USERS_JOB);
  });
  const story: string[] = [];
  const scenes = new Scenes(catalog.objects, {} as never, { driver: () => ({}) } as never);
  const now = (): string => "2026-11-22T00:00:00.000Z";
  const parts: RestoreParts = {
    datasets: { catalog, scenes, mounts: { areComplete: () => Promise.resolve(false) }, now } as unknown as DatasetParts,
    clock: new FakeClock({ isSkipping: true }),
    monitor: {} as never,
    signal: new AbortController().signal,
    restoration: new Restoration(),
    takenOver: () => [],
    ended: () => Promise.resolve(job),
    letGo: () => Promise.resolve(void story.push("let go")),
    enable: () => {
      story.push("enable");
      return enable();
    },
    mountStopped: () => Promise.reject(new Error("Nothing is stopped.")),
    ...more,
  };
  const faults = async () => (await catalog.objects.faults.list({ where: { target: vdb.reference, code: "NOT_AS_WANTED" } })).length;
  const endUsersJob = () => catalog.transact((transaction) => transaction.updateJob(USERS_JOB.reference, { state: "COMPLETED" }));
  return { parts, story, faults, endUsersJob };
}

function conflict(details: { readonly job?: string }): EngineError {
  return new EngineError("CONFLICT", "No.", { details });
}

test("a dataset that somebody's job holds is brought back when that has ended, before others get it", async () => {
  let isHeld = true;
  const bench = await restoreBench(() => (isHeld ? Promise.reject(conflict({ job: USERS_JOB.reference })) : Promise.resolve(STARTED)));
  const { restoration } = bench.parts;
  expect(await restoreWantedStates(bench.parts)).toBe(0);
  expect(restoration.state).toMatchObject({ isDone: false, remaining: 1 });
  expect(bench.story).toEqual(["enable"]);
  isHeld = false;
  await bench.endUsersJob();
  await expect.poll(() => restoration.state).toEqual({ isDone: true, total: 1, remaining: 0, failed: [] });
  expect(bench.story).toEqual(["enable", "enable", "let go"]);
});

test("one that is wanted to be something else by now is nobody's affair any more", async () => {
  const bench = await restoreBench(() => Promise.reject(conflict({})));
  await restoreWantedStates(bench.parts);
  expect(bench.parts.restoration.state).toMatchObject({ isDone: true, failed: [] });
  expect(await bench.faults()).toBe(0);
});

test("one that cannot be brought back is a fault", async () => {
  const bench = await restoreBench(() => Promise.reject(new EngineError("MOUNT_FAILED", "No.")));
  await restoreWantedStates(bench.parts);
  expect(bench.parts.restoration.state).toMatchObject({ isDone: true, failed: [{ error: { code: "MOUNT_FAILED" } }] });
  expect(await bench.faults()).toBe(1);
});

test("an engine that stops meanwhile neither raises faults nor says that all is back", async () => {
  const stop = new AbortController();
  const refuse = (): Promise<never> => {
    stop.abort(new Error("The engine stops."));
    return Promise.reject(new EngineError("STATE_UNSUITABLE", "The engine is stopping."));
  };
  const bench = await restoreBench(refuse, { signal: stop.signal });
  await restoreWantedStates(bench.parts);
  await restoreWantedStates(bench.parts);
  expect(bench.story).toEqual(["enable"]);
  expect(await bench.faults()).toBe(0);
  expect(bench.parts.restoration.state).toMatchObject({ isDone: false, remaining: 1, failed: [] });
});

test("nor does it wait for jobs that it has taken over", async () => {
  const stop = new AbortController();
  const begun = new Latch();
  const ended: RestoreParts["ended"] = (_job, signal) => {
    begun.open();
    return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("The engine stops."))));
  };
  const bench = await restoreBench(() => Promise.resolve(STARTED), { signal: stop.signal, takenOver: () => [USERS_JOB], ended });
  const restored = restoreWantedStates(bench.parts);
  await begun.opened;
  stop.abort();
  expect(await restored).toBe(0);
  expect(bench.story).toEqual([]);
});

test("what is left when that fails is not awaited any more", async () => {
  const bench = await restoreBench(() => Promise.resolve(STARTED), { letGo: () => Promise.reject(new Error("The catalog is gone.")) });
  await expect(restoreWantedStates(bench.parts)).rejects.toThrow("gone");
  expect(bench.parts.restoration.awaits(vdb.reference)).toBe(false);
});
