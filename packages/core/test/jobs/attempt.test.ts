import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { attempt, forEach, pointOfNoReturn, step } from "../../src/jobs/workflow.ts";
import { JobBench } from "../bench/job-bench.ts";
import { makes, says, type ToyFacts } from "../bench/toy-steps.ts";

const no = (): Promise<never> => Promise.reject(new EngineError("PLUGIN_USER_ERROR", "no luck", { action: "Mend it." }));

test("an attempt that succeeds is part of the job like any other steps", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    pointOfNoReturn,
    makes(bench.outside, "one"),
    attempt("first sync", "SYNC_FAILED", [makes(bench.outside, "two"), makes(bench.outside, "three")]),
    makes(bench.outside, "four"),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "COMPLETED", warningCount: 0 });
  expect(bench.outside.things.size).toBe(4);
  expect(await bench.faults()).toEqual([]);
});

test("one that fails is undone and given up: the job ends as done with a warning, and a fault stands", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    pointOfNoReturn,
    attempt("first sync", "SYNC_FAILED", [
      says(bench.outside, "two"),
      forEach<ToyFacts>("each", () => ["a", "b"], makes(bench.outside, "three")),
      says(bench.outside, "four", { run: no }),
      says(bench.outside, "five"),
    ]),
    says(bench.outside, "six"),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "COMPLETED", warningCount: 1, isUnfinished: false, error: null });
  expect(bench.outside.story.map((line) => line.split(":")[0])).toEqual([
    "make one",
    "two",
    "make three/a",
    "make three/b",
    "un-four",
    "remove three/b",
    "remove three/a",
    "un-two",
    "six",
  ]);
  expect([...bench.outside.things]).toEqual(await bench.recorded());
  expect(await bench.events(job.reference)).toMatchObject([{ level: "WARNING", message: "four: no luck.", action: "Mend it." }]);
  expect(await bench.catalog.objects.faults.list()).toMatchObject([{ code: "SYNC_FAILED", message: "no luck.", state: "ACTIVE" }]);
});

test("a fault that stands is renewed, not doubled, and resolved by whoever mends it", async () => {
  const bench = await JobBench.open();
  const failing = bench.knows("failing", [pointOfNoReturn, attempt("sync", "SYNC_FAILED", [says(bench.outside, "one", { run: no })])]);
  const mending = bench.knows("mending", [
    step<ToyFacts>({ name: "one", run: () => Promise.resolve({ mends: ["SYNC_FAILED", "OTHER"] }) }),
  ]);
  const process = await bench.start();
  await bench.run(process, failing);
  await bench.run(process, failing);
  expect(await bench.faults()).toEqual(["SYNC_FAILED"]);
  await bench.run(process, mending);
  expect(await bench.faults()).toEqual([]);
  expect(await bench.faults("RESOLVED")).toEqual(["SYNC_FAILED"]);
});

test("what comes after an attempt that was given up does not see its facts", async () => {
  const bench = await JobBench.open();
  let seen: unknown;
  const asked = bench.knows("build", [
    pointOfNoReturn,
    attempt("sync", "SYNC_FAILED", [makes(bench.outside, "one"), says(bench.outside, "two", { run: no })]),
    step<ToyFacts>({
      name: "three",
      run: ({ facts }) => {
        seen = facts;
        return Promise.resolve(undefined);
      },
    }),
  ]);
  await bench.run(await bench.start(), asked);
  expect(seen).toEqual({});
});

test("an attempt whose undo keeps failing leaves the job unfinished; finishing it makes the attempt again", async () => {
  const bench = await JobBench.open();
  let isBroken = true;
  const asked = bench.knows("build", [
    pointOfNoReturn,
    attempt("sync", "SYNC_FAILED", [
      says(bench.outside, "one", { undo: () => (isBroken ? no() : Promise.resolve(undefined)) }),
      says(bench.outside, "two", { run: () => (isBroken ? no() : Promise.resolve(undefined)) }),
    ]),
    says(bench.outside, "three"),
  ]);
  const process = await bench.start();
  const job = await bench.run(process, asked);
  expect(job).toMatchObject({ state: "FAILED", isUnfinished: true });
  expect(await bench.faults()).toEqual(["JOB_UNFINISHED"]);
  isBroken = false;
  await process.jobs.finish(job.reference);
  expect(await process.ended(job.reference)).toMatchObject({ state: "COMPLETED", isUnfinished: false, error: null });
  expect(bench.outside.story).toEqual(["one", "un-two", "one", "three"]);
  expect(await bench.faults()).toEqual([]);
  expect(bench.defects).toEqual([]);
});
