import { EXAMPLES, FakeClock } from "@opendvp/testkit";
import { expect, onTestFinished, test } from "vitest";
import type { DatasetParts } from "../../src/datasets/dataset-parts.ts";
import { Scenes } from "../../src/datasets/scenes.ts";
import { Background } from "../../src/jobs/background.ts";
import { Measuring } from "../../src/monitoring/measure.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { vdb } = EXAMPLES;
const ENDED = { workflow: "provision", state: "COMPLETED", target: vdb.reference };

/** Measuring on a real catalog; the pool answers 4096 bytes, and what asks plugins fails, which is a remark. */
async function measuringBench() {
  const catalog = await exampleCatalog();
  const [background, clock] = [new Background(), new FakeClock()];
  const storage = { datasetUsage: () => Promise.resolve({ exclusiveBytes: 4096, referencedBytes: 8192 }) };
  const scenes = new Scenes(catalog.objects, {} as never, { driver: () => storage } as never);
  const mounts = { of: () => Promise.reject(new Error("no plugin here")) };
  const now = (): string => "2026-11-22T00:00:00.000Z";
  const parts = { catalog, scenes, mounts, storageOf: () => storage, now } as unknown as DatasetParts;
  const measuring = new Measuring(parts, { background, clock, engineId: "1", report: () => undefined });
  onTestFinished(() => measuring.close());
  const usage = async () => (await catalog.objects.datasets.find(vdb.reference))?.usage?.exclusiveBytes ?? null;
  const later = (): ReturnType<typeof usage> => {
    clock.turn(250);
    return usage();
  };
  return { background, clock, measuring, usage, later };
}

/** So long that measuring has been tried again. */
async function pass(clock: FakeClock): Promise<void> {
  clock.turn(250);
  await new Promise(setImmediate);
}

test("a dataset is measured when the job that changed it has ended", async () => {
  const { measuring, usage, later } = await measuringBench();
  measuring.jobEnded({ ...ENDED, state: "FAILED" });
  measuring.jobEnded({ ...ENDED, workflow: "stop" });
  expect(await usage()).toBeNull();
  measuring.jobEnded(ENDED);
  await expect.poll(later).toBe(4096);
});

test("it waits while jobs are at work on others, but not for ever", async () => {
  const { background, clock, measuring, usage } = await measuringBench();
  await background.hold(["another"]);
  measuring.jobEnded(ENDED);
  for (let passedMs = 0; passedMs < 9_750; passedMs += 250) {
    await pass(clock);
    expect(await usage()).toBeNull();
  }
  await pass(clock);
  await expect.poll(usage).toBe(4096);
});

test("it waits no longer than those jobs", async () => {
  const { background, clock, measuring, usage } = await measuringBench();
  const letGo = await background.hold(["another"]);
  measuring.jobEnded(ENDED);
  await pass(clock);
  letGo();
  await pass(clock);
  await expect.poll(usage).toBe(4096);
});

test("monitoring that is just looking at it only delays that", async () => {
  const { background, clock, measuring, usage, later } = await measuringBench();
  let look = (): void => undefined;
  const looking = background.run(vdb.reference, () => new Promise<void>((resolve) => (look = resolve)));
  measuring.jobEnded(ENDED);
  await pass(clock);
  look();
  await looking;
  expect(await usage()).toBeNull();
  await expect.poll(later).toBe(4096);
});

test("so does a job that holds it: then it is measured when that job has ended", async () => {
  const { background, clock, measuring, later } = await measuringBench();
  const letGo = await background.hold([vdb.reference]);
  measuring.jobEnded(ENDED);
  await pass(clock);
  letGo();
  measuring.jobEnded({ ...ENDED, workflow: "stop" });
  await expect.poll(later).toBe(4096);
});
