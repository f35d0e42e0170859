import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { attempt, forEach, pointOfNoReturn, step, type Step } from "../../src/jobs/workflow.ts";
import { JobBench } from "../bench/job-bench.ts";
import { says, type ToyFacts } from "../bench/toy-steps.ts";

/** A step without an undo that leaves a process running, like a hook that starts something in the background. */
function leaves(bench: JobBench, name: string, more: Partial<Step<ToyFacts>> = {}): Step<ToyFacts> {
  const run: Step<ToyFacts>["run"] = ({ mark }) => {
    bench.outside.start(mark);
    return Promise.resolve(undefined);
  };
  return step<ToyFacts>({ name, run, ...more });
}

/** The same, but it fails once its process runs. */
function breaksOff(bench: JobBench, name: string): Step<ToyFacts> {
  return leaves(bench, name, {
    run: ({ mark }) => {
      bench.outside.start(mark);
      return Promise.reject(new EngineError("HOOK_FAILED", "exit code 3"));
    },
  });
}

test("what a finished step left running ends when the step is undone, also where it has nothing else to undo", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("refresh", [
    leaves(bench, "hook pre-refresh"),
    forEach<ToyFacts>("each", () => ["a", "b"], leaves(bench, "one")),
    says(bench.outside, "two"),
    breaksOff(bench, "hook configure-clone"),
  ]);
  expect(await bench.run(await bench.start(), asked)).toMatchObject({ state: "FAILED", isUnfinished: false });
  expect(bench.outside.running()).toEqual([]);
});

test("likewise after a crash, and within an attempt that is given up, which ends nothing else", async () => {
  const bench = await JobBench.open();
  const cutOff = bench.knows("sync", [leaves(bench, "hook pre-sync"), leaves(bench, "two"), pointOfNoReturn, says(bench.outside, "three")]);
  const crashed = bench.crashAt(({ step: name, moment }) => name === "two" && moment === "AFTER");
  const { job } = await bench.submit(await bench.start(), cutOff);
  await crashed;
  expect(bench.outside.running()).toHaveLength(2);
  bench.letPass();
  const process = await bench.start();
  expect(await process.ended(job)).toMatchObject({ state: "FAILED", error: { code: "INTERRUPTED" } });
  expect(bench.outside.running()).toEqual([]);
  const link = bench.knows("link", [
    leaves(bench, "start staging"),
    pointOfNoReturn,
    attempt("first sync", "SYNC_FAILED", [leaves(bench, "hook pre-sync"), breaksOff(bench, "pre-snapshot")]),
  ]);
  expect(await bench.run(process, link)).toMatchObject({ state: "COMPLETED", warningCount: 1 });
  expect(bench.outside.running()).toEqual(["toy:JOB-2:0:-:run:"]);
});

test("a workflow that calls nothing back ends only what belongs to the step under way", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("stop", [leaves(bench, "hook pre-stop"), breaksOff(bench, "stop")], { callsNothingBack: true });
  expect(await bench.run(await bench.start(), asked)).toMatchObject({ state: "FAILED" });
  expect(bench.outside.running()).toEqual(["toy:JOB-1:0:-:run:"]);
});

test("what a step has brought back stays when that step is undone, but not when it is cut off in the midst", async () => {
  const bench = await JobBench.open();
  const process = await bench.start();
  const again = bench.knows("again", [leaves(bench, "start after the copy", { bringsBack: true }), breaksOff(bench, "post-snapshot")]);
  await bench.run(process, again);
  expect(bench.outside.running()).toEqual(["toy:JOB-1:0:-:run:"]);
  const half = bench.knows("half", [{ ...breaksOff(bench, "start after the copy"), bringsBack: true }]);
  await bench.run(process, half);
  expect(bench.outside.running()).toEqual(["toy:JOB-1:0:-:run:"]);
});
