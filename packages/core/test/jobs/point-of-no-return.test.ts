import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { pointOfNoReturn, step } from "../../src/jobs/workflow.ts";
import { JobBench } from "../bench/job-bench.ts";
import { Latch } from "../bench/latch.ts";
import { makes, says, type ToyFacts } from "../bench/toy-steps.ts";

test("past it a step that fails is repeated after a wait, what the former try left running ended first", async () => {
  const bench = await JobBench.open();
  const running: boolean[] = [];
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    pointOfNoReturn,
    step<ToyFacts>({
      name: "two",
      run: ({ mark }) => {
        running.push(bench.outside.isRunning(mark));
        bench.outside.start(mark);
        return running.length < 3 ? Promise.reject(new EngineError("STORAGE_FAILED", "busy")) : Promise.resolve(undefined);
      },
    }),
  ]);
  const before = bench.clock.monotonicMs();
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "COMPLETED", warningCount: 0 });
  expect(running).toEqual([false, false, false]);
  expect(bench.clock.monotonicMs() - before).toBe(30);
});

test("one that keeps failing leaves the job unfinished with a fault, its locks free; nothing is undone", async () => {
  const bench = await JobBench.open();
  let isBroken = true;
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    pointOfNoReturn,
    makes(bench.outside, "two"),
    says(bench.outside, "three", {
      run: () => {
        bench.outside.story.push("try three");
        return isBroken ? Promise.reject(new EngineError("STORAGE_FAILED", "full", { action: "Make room." })) : Promise.resolve(undefined);
      },
    }),
    makes(bench.outside, "four"),
  ]);
  const process = await bench.start();
  const job = await bench.run(process, asked);
  expect(job).toMatchObject({ state: "FAILED", isUnfinished: true, direction: "FORWARD", error: { code: "STORAGE_FAILED" } });
  expect(bench.outside.story.filter((line) => line === "try three")).toHaveLength(3);
  expect(bench.outside.things.size).toBe(2);
  expect(await bench.catalog.journal.locks()).toEqual([]);
  expect(await bench.catalog.objects.faults.list()).toMatchObject([
    { code: "JOB_UNFINISHED", message: 'Do build could not finish "three": full.', state: "ACTIVE" },
  ]);
  isBroken = false;
  expect(await process.jobs.finish(job.reference)).toBe(true);
  expect(await process.ended(job.reference)).toMatchObject({ state: "COMPLETED", isUnfinished: false, error: null, percentComplete: 100 });
  expect(bench.outside.things.size).toBe(3);
  expect(await bench.faults()).toEqual([]);
  expect(await bench.catalog.objects.actions.find(job.action)).toMatchObject({ state: "COMPLETED" });
});

test("a job is not finished while another one holds its object", async () => {
  const bench = await JobBench.open();
  let isBroken = true;
  const failing = bench.knows("failing", [
    pointOfNoReturn,
    says(bench.outside, "one", { run: () => (isBroken ? Promise.reject(new EngineError("IN_USE", "no")) : Promise.resolve(undefined)) }),
  ]);
  const other = bench.knows("other", [says(bench.outside, "hold")]);
  const process = await bench.start();
  const job = await bench.run(process, failing);
  expect(job.isUnfinished).toBe(true);
  isBroken = false;
  const latch = new Latch();
  bench.gate = ({ workflow }) => (workflow === "other" ? latch.opened : Promise.resolve());
  const { job: holder } = await bench.submit(process, other);
  expect(await process.jobs.finish(job.reference)).toBe(false);
  latch.open();
  await process.ended(holder);
  expect(await process.jobs.finish(job.reference)).toBe(true);
  expect(await process.ended(job.reference)).toMatchObject({ state: "COMPLETED" });
});

test("a fault for an unfinished job stands as long as another job of the object is unfinished", async () => {
  const bench = await JobBench.open();
  const broken = new Set(["a", "b"]);
  const failing = bench.knows("failing", [
    pointOfNoReturn,
    says(bench.outside, "one", {
      run: ({ facts }) => (broken.has(String(facts["id"])) ? Promise.reject(new EngineError("IN_USE", "no")) : Promise.resolve(undefined)),
    }),
  ]);
  const process = await bench.start();
  const a = await bench.run(process, failing, { input: { id: "a" } });
  const b = await bench.run(process, failing, { input: { id: "b" } });
  for (const [job, left] of [
    [a, ["JOB_UNFINISHED"]],
    [b, []],
  ] as const) {
    broken.clear();
    await process.jobs.finish(job.reference);
    await process.ended(job.reference);
    expect(await bench.faults()).toEqual(left);
  }
});

test("a refused change past it leaves the job unfinished, not half written", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    pointOfNoReturn,
    step<ToyFacts>({
      name: "one",
      run: () =>
        Promise.resolve({
          mends: ["X"],
          changes: [{ collection: "pools", update: "STORAGE_POOL-999", set: { name: "x" } }],
          facts: { one: 1 },
        }),
    }),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "FAILED", isUnfinished: true, error: { code: "NOT_FOUND" } });
  expect(await bench.steps(job.reference)).toMatchObject([{ state: "INTENDED", result: null }]);
});
