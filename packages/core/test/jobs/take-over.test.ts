import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import type { StepPoint } from "../../src/jobs/step-gate.ts";
import { attempt, forEach, pointOfNoReturn, type WorkflowItem } from "../../src/jobs/workflow.ts";
import { WorkflowRegistry } from "../../src/jobs/workflow-registry.ts";
import { JobBench, TARGET } from "../bench/job-bench.ts";
import { makes, says, type ToyFacts } from "../bench/toy-steps.ts";

const no = (): Promise<never> => Promise.reject(new EngineError("HOOK_FAILED", "no luck"));

/** A job with everything that a workflow can have; it fails on demand, in the attempt or before the point of no return. */
function items(bench: JobBench, fails: "NEVER" | "EARLY" | "IN_ATTEMPT"): readonly WorkflowItem<ToyFacts>[] {
  const { outside } = bench;
  return [
    makes(outside, "one"),
    forEach<ToyFacts>("each", () => ["a", "b"], makes(outside, "two")),
    says(outside, "early", fails === "EARLY" ? { run: no } : {}),
    pointOfNoReturn,
    makes(outside, "three"),
    attempt<ToyFacts>("sync", "SYNC_FAILED", [
      makes(outside, "four"),
      makes(outside, "five"),
      says(outside, "late", fails === "IN_ATTEMPT" ? { run: no } : {}),
    ]),
    forEach<ToyFacts>("forget", () => ["x", "y"], makes(outside, "six")),
  ];
}

async function pointsOf(fails: Parameters<typeof items>[1]): Promise<readonly StepPoint[]> {
  const bench = await JobBench.open();
  const points: StepPoint[] = [];
  bench.gate = (point) => {
    points.push(point);
    return Promise.resolve();
  };
  await bench.run(await bench.start(), bench.knows("build", items(bench, fails)));
  return points;
}

function isSame(one: StepPoint, other: StepPoint): boolean {
  return one.step === other.step && one.key === other.key && one.direction === other.direction && one.moment === other.moment;
}

test.each(["NEVER", "EARLY", "IN_ATTEMPT"] as const)(
  "wherever an engine is cut off, the next one finishes the job or undoes it (the job fails: %s)",
  async (fails) => {
    const points = await pointsOf(fails);
    expect(points.length).toBeGreaterThan(10);
    const bench = await JobBench.open();
    const asked = bench.knows("build", items(bench, fails));
    for (const point of points) {
      await bench.clear();
      const crashed = bench.crashAt((other) => isSame(point, other));
      const { job } = await bench.submit(await bench.start(), asked);
      await crashed;
      bench.letPass();
      const ended = await (await bench.start()).ended(job);
      const isPast = (await bench.steps(job)).some(({ name }) => name === "three");
      const where = JSON.stringify(point);
      expect(ended, where).toMatchObject({ state: isPast ? "COMPLETED" : "FAILED", isUnfinished: false });
      expect([...bench.outside.things].sort(), where).toEqual([...(await bench.recorded())].sort());
      const made = [...bench.outside.things].map((thing) => thing.split(":")[0]);
      const kept = ["one", "two/a", "two/b", "three", ...(fails === "IN_ATTEMPT" ? [] : ["four", "five"]), "six/x", "six/y"];
      expect(made.sort(), where).toEqual(isPast ? kept.sort() : []);
      expect(await bench.faults(), where).toEqual(isPast && fails === "IN_ATTEMPT" ? ["SYNC_FAILED"] : []);
      expect(await bench.catalog.journal.locks(), where).toEqual([]);
      expect(bench.defects, where).toEqual([]);
    }
  },
  60_000,
);

test("what the engine had left running of a step is ended before the step is repeated or undone", async () => {
  for (const isPast of [false, true]) {
    const bench = await JobBench.open();
    const running: boolean[] = [];
    const look = (mark: string): Promise<undefined> => {
      running.push(bench.outside.isRunning(mark));
      bench.outside.start(mark);
      return Promise.resolve(undefined);
    };
    const step = says(bench.outside, "one", { run: ({ mark }) => look(mark), undo: ({ mark }) => look(mark) });
    const asked = bench.knows("build", isPast ? [pointOfNoReturn, step] : [step, says(bench.outside, "two")]);
    const crashed = bench.crashAt(({ moment }) => moment === "AFTER");
    const { job } = await bench.submit(await bench.start(), asked);
    await crashed;
    bench.letPass();
    await (await bench.start()).ended(job);
    expect(running).toEqual([false, false]);
  }
});

test("a job taken over belongs to the new process and keeps its locks", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [pointOfNoReturn, says(bench.outside, "one")]);
  const crashed = bench.crashAt(({ moment }) => moment === "BEFORE");
  const { job } = await bench.submit(await bench.start(), asked);
  await crashed;
  expect(await bench.job(job)).toMatchObject({ state: "RUNNING", owner: "process-1" });
  let seen: unknown;
  bench.gate = async () => {
    seen = [(await bench.job(job)).owner, (await bench.catalog.journal.locks()).map((lock) => lock.object)];
  };
  await (await bench.start()).ended(job);
  expect(seen).toEqual(["process-2", [TARGET]]);
});

test("several crashes in a row, also while undoing, come to the same end", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", items(bench, "EARLY"));
  let crashed = bench.crashAt(({ step, key, moment }) => step === "each" && key === "b" && moment === "AFTER");
  const { job } = await bench.submit(await bench.start(), asked);
  await crashed;
  for (const [key, moment] of [
    ["b", "BEFORE"],
    ["b", "AFTER"],
    ["a", "AFTER"],
    ["", "BEFORE"],
    ["", "AFTER"],
  ] as const) {
    crashed = bench.crashAt((point) => point.direction === "UNDO" && point.key === key && point.moment === moment);
    await bench.start();
    await crashed;
  }
  bench.letPass();
  expect(await (await bench.start()).ended(job)).toMatchObject({ state: "FAILED", error: { code: "INTERRUPTED" } });
  expect(bench.outside.things.size).toBe(0);
  expect(await bench.recorded()).toEqual([]);
});

test("an engine that does not know the version of an open job refuses to start, and says which engine finishes it", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [says(bench.outside, "one")], { version: 3 });
  const crashed = bench.crashAt(() => true);
  const former = await bench.start();
  await bench.submit(former, asked);
  await crashed;
  bench.letPass();
  const locks = await bench.catalog.journal.locks();
  bench.registry = new WorkflowRegistry();
  bench.knows("build", [says(bench.outside, "one"), says(bench.outside, "two")], { version: 4 });
  await expect(bench.start()).rejects.toMatchObject({ code: "ENGINE_TOO_OLD", details: { job: "JOB-1", workflow: "build", version: 3 } });
  // Nothing was touched.
  expect(await bench.job("JOB-1")).toMatchObject({ owner: "process-1", state: "RUNNING" });
  expect(await bench.catalog.journal.locks()).toEqual(locks);
  expect(bench.outside.story).toEqual([]);
});

test("an engine that stops in order lets a job end within its grace, and leaves the others to the next start", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    says(bench.outside, "two", {
      run: ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    }),
  ]);
  const former = await bench.start();
  const { job } = await bench.submit(former, asked);
  await expect.poll(async () => (await bench.steps(job)).length).toBe(2);
  await former.jobs.close(1_000);
  expect(await bench.job(job)).toMatchObject({ state: "RUNNING", direction: "FORWARD" });
  expect(await (await bench.start()).ended(job)).toMatchObject({ state: "FAILED", error: { code: "INTERRUPTED" } });
  expect(bench.outside.things.size).toBe(0);
  expect(bench.defects).toEqual([]);
});
