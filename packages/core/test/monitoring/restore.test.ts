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

/** One VDB that is wanted running and is not mounted unless that is said, on a real catalog; `enable` is the test's. */
async function restoreBench(
  enable: () => Promise<typeof STARTED>,
  { areMountsThere = false, ...more }: Partial<RestoreParts> & { readonly areMountsThere?: boolean } = {},
) {
  const catalog = await exampleCatalog();
  await catalog.transact(async (transaction) => {
    await transaction.insertJob(job);
    await transaction.insertJob(USERS_JOB);
  });
  const story: string[] = [];
  const scenes = new Scenes(catalog.objects, {} as never, { driver: () => ({}) } as never);
  const now = (): string => "2026-11-22T00:00:00.000Z";
  const parts: RestoreParts = {
    datasets: { catalog, scenes, mounts: { areComplete: () => Promise.resolve(areMountsThere) }, now } as unknown as DatasetParts,
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
  const dataset = () => catalog.objects.datasets.find(vdb.reference);
  const endUsersJob = () => catalog.transact((transaction) => transaction.updateJob(USERS_JOB.reference, { state: "COMPLETED" }));
  return { parts, story, faults, dataset, endUsersJob };
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

test("one that cannot be tried is left, and is not awaited any more", async () => {
  const bench = await restoreBench(() => Promise.resolve(STARTED), { letGo: () => Promise.reject(new Error("The catalog is gone.")) });
  expect(await restoreWantedStates(bench.parts)).toBe(0);
  const { restoration } = bench.parts;
  expect(restoration.state).toMatchObject({ isDone: true, failed: [{ name: vdb.name }] });
  expect(restoration.awaits(vdb.reference)).toBe(false);
  expect(await bench.faults()).toBe(1);
});

test("nothing is awaited where it cannot be told what there is", async () => {
  const { parts } = await restoreBench(() => Promise.resolve(STARTED));
  const list = (): Promise<never> => Promise.reject(new Error("The catalog is gone."));
  const datasets = { ...parts.datasets, catalog: { objects: { datasets: { list } } } } as unknown as DatasetParts;
  await expect(restoreWantedStates({ ...parts, datasets })).rejects.toThrow("gone");
  expect(parts.restoration.awaits(vdb.reference)).toBe(false);
});

test("one whose process is gone is known to be down before it is brought back", async () => {
  const statuses: (string | undefined)[] = [];
  const bench = await restoreBench(
    async () => {
      statuses.push((await bench.dataset())?.status);
      return STARTED;
    },
    { monitor: { observe: () => Promise.resolve("INACTIVE") } as never, areMountsThere: true },
  );
  expect(await restoreWantedStates(bench.parts)).toBe(1);
  expect(statuses).toEqual(["INACTIVE"]);
});
