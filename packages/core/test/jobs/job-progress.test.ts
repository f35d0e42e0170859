import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { forEach, pointOfNoReturn, step, type Step } from "../../src/jobs/workflow.ts";
import { JobBench } from "../bench/job-bench.ts";
import { Latch } from "../bench/latch.ts";
import { says, type ToyFacts } from "../bench/toy-steps.ts";

/** What watchers were told of a job's progress, each change once. */
function watched(bench: JobBench): number[] {
  const told: number[] = [];
  bench.watchers.watch(({ job }) => {
    if (told.at(-1) !== job.percentComplete) told.push(job.percentComplete);
  });
  return told;
}

/** Reports these percentages, with so much time after each. */
function reports(bench: JobBench, percents: readonly number[], afterEachMs = 1000): Step<ToyFacts>["run"] {
  return ({ progress }) => {
    for (const percent of percents) {
      progress(percent);
      bench.clock.turn(afterEachMs);
    }
    return Promise.resolve(undefined);
  };
}

test("a step's progress is a part of its job's, as large as the step weighs", async () => {
  const bench = await JobBench.open();
  const told = watched(bench);
  const asked = bench.knows("sync", [
    says(bench.outside, "one"),
    says(bench.outside, "move data", { weight: 8, run: reports(bench, [0, 25, 50, 100]) }),
    says(bench.outside, "three"),
  ]);
  await bench.run(await bench.start(), asked);
  expect(told).toEqual([0, 10, 30, 50, 90, 100]);
});

test("it never goes back: not with a second copy, not past skipped steps, not when the job turns back", async () => {
  const bench = await JobBench.open();
  const told = watched(bench);
  const asked = bench.knows("sync", [
    says(bench.outside, "skipped", { when: () => false }),
    says(bench.outside, "move data", { run: reports(bench, [80, 20, 90, 400]) }),
    says(bench.outside, "fail", {
      run: async (work) => reports(bench, [50])(work).then(() => Promise.reject(new EngineError("HOOK_FAILED", "no"))),
    }),
    says(bench.outside, "never"),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "FAILED", percentComplete: 62 });
  expect(told).toEqual([0, 45, 47, 50, 62]);
});

test("each key of a forEach step moves it on", async () => {
  const bench = await JobBench.open();
  const told = watched(bench);
  const asked = bench.knows("delete", [pointOfNoReturn, forEach<ToyFacts>("each", () => ["a", "b", "c", "d"], says(bench.outside, "one"))]);
  await bench.run(await bench.start(), asked);
  expect(told).toEqual([0, 25, 50, 75, 100]);
});

test("watchers hear of it a few times a second, transactions of none of it, and who looks meanwhile sees it all", async () => {
  const bench = await JobBench.open();
  const told = watched(bench);
  const [reported, end] = [new Latch(), new Latch()];
  const run: Step<ToyFacts>["run"] = async (work) => {
    await reports(
      bench,
      Array.from({ length: 90 }, (_, index) => index + 1),
      10,
    )(work);
    reported.open();
    await end.opened;
    return undefined;
  };
  const asked = bench.knows("sync", [step<ToyFacts>({ name: "move data", run })]);
  const process = await bench.start();
  const { job } = await bench.submit(process, asked);
  await reported.opened;
  expect(told).toEqual([0, 1, 26, 51, 76]);
  const shown = bench.progress.shownIn(bench.catalog.journal);
  expect(await shown.findJob(job)).toMatchObject({ percentComplete: 90 });
  expect(await shown.listJobs()).toMatchObject([{ percentComplete: 90 }]);
  expect(await shown.openJobs(["RUNNING"])).toMatchObject([{ percentComplete: 90 }]);
  expect(await bench.job(job)).toMatchObject({ percentComplete: 0 });
  end.open();
  expect(await process.ended(job)).toMatchObject({ percentComplete: 100 });
});

test("what a step or an undo says when its time is over counts for nothing", async () => {
  const bench = await JobBench.open();
  const late: (() => void)[] = [];
  const says90 = ({ progress }: { readonly progress: (percent: number) => void }): Promise<undefined> => {
    late.push(() => progress(90));
    return Promise.resolve(undefined);
  };
  const asked = bench.knows("sync", [
    says(bench.outside, "one", { run: says90, undo: ({ progress }) => Promise.resolve(progress(90)).then(() => undefined) }),
    says(bench.outside, "two", {
      run: () => {
        for (const tell of late) tell();
        return Promise.reject(new EngineError("HOOK_FAILED", "no"));
      },
    }),
  ]);
  expect(await bench.run(await bench.start(), asked)).toMatchObject({ state: "FAILED", percentComplete: 50 });
});
