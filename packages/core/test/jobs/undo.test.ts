import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { forEach, pointOfNoReturn, step, type Step } from "../../src/jobs/workflow.ts";
import { JobBench, TARGET } from "../bench/job-bench.ts";
import { makes, poolOf, says, type ToyFacts } from "../bench/toy-steps.ts";

function fails(name: string, error: Error = new EngineError("HOOK_FAILED", "no luck", { action: "Mend it." })): Step<ToyFacts> {
  return step<ToyFacts>({ name, run: () => Promise.reject(error) });
}

test("a failure undoes the step under way and then the finished ones, the last begun first", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    says(bench.outside, "one"),
    forEach<ToyFacts>("each", () => ["a", "b"], says(bench.outside, "two", { undo: (work) => told(bench, `un-two/${work.key}`) })),
    says(bench.outside, "three", { run: () => Promise.reject(new EngineError("HOOK_FAILED", "no luck")) }),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "FAILED", isUnfinished: false, error: { code: "HOOK_FAILED", message: "no luck." } });
  expect(await bench.catalog.objects.actions.find(job.action)).toMatchObject({ state: "FAILED", errorCode: "HOOK_FAILED" });
  expect(bench.outside.story).toEqual(["one", "two", "two", "un-three", "un-two/b", "un-two/a", "un-one"]);
  expect(await bench.states(job.reference)).toEqual(["one UNDONE", "each UNDONE", "two/a UNDONE", "two/b UNDONE", "three UNDONE"]);
  expect(await bench.events(job.reference)).toMatchObject([{ level: "ERROR", code: "HOOK_FAILED" }]);
  expect(await bench.catalog.objects.actions.find(job.action)).toMatchObject({ state: "FAILED" });
});

test("an undo finds the names that its step had chosen, and the facts of the steps before it, and no more", async () => {
  const bench = await JobBench.open();
  const seen: unknown[] = [];
  const asked = bench.knows("build", [
    step<ToyFacts>({ name: "one", run: () => Promise.resolve({ facts: { one: 1 } }) }),
    step<ToyFacts, { readonly name: string }>({
      name: "two",
      intend: () => ({ name: "chosen" }),
      run: () => Promise.resolve({ facts: { two: 2 } }),
      undo: ({ facts, own }) => {
        seen.push([facts, own]);
        return Promise.resolve(undefined);
      },
    }),
    step<ToyFacts>({ name: "three", run: () => Promise.resolve({ facts: { three: 3 } }) }),
    step<ToyFacts>({
      name: "four",
      run: () => Promise.reject(new EngineError("HOOK_FAILED", "no")),
      undo: ({ facts }) => {
        seen.push(facts);
        return Promise.resolve(undefined);
      },
    }),
  ]);
  await bench.run(await bench.start(), asked, { input: { size: 9 } });
  expect(seen).toEqual([{ size: 9, one: 1, two: 2, three: 3 }, [{ size: 9, one: 1, two: 2 }, { name: "chosen" }]]);
});

test("what a step has left running is ended before it is undone, and so is what a former try of the undo has", async () => {
  const bench = await JobBench.open();
  const { outside } = bench;
  const alive: string[] = [];
  const undone: string[] = [];
  const daemon = (name: string, more: Partial<Step<ToyFacts>> = {}): Step<ToyFacts> =>
    step<ToyFacts>({
      name,
      run: ({ mark }) => {
        outside.start(mark);
        return Promise.resolve(undefined);
      },
      undo: ({ mark }) => {
        const tries = undone.push(name);
        alive.push(`${name}: ${outside.running().join(" ")}`);
        outside.start(mark);
        return tries === 1 ? Promise.reject(new EngineError("MOUNT_BUSY", "busy")) : Promise.resolve(undefined);
      },
      ...more,
    });
  const failing: Step<ToyFacts>["run"] = ({ mark }) => {
    outside.start(mark);
    return Promise.reject(new EngineError("HOOK_FAILED", "no"));
  };
  const asked = bench.knows("build", [daemon("one"), daemon("two", { run: failing })]);
  await bench.run(await bench.start(), asked);
  const [one, two] = ["toy:JOB-1:0:-:", "toy:JOB-1:1:-:"];
  // What a finished step left running stays until it is undone itself; what its undo left, such as what it started again, stays.
  expect(alive).toEqual([`two: ${one}run:`, `two: ${one}run:`, `one: ${two}undo:`]);
  expect(outside.running()).toEqual([`${two}undo:`, `${one}undo:`]);
});

test("no mark of a step, or of its undo, is the beginning of another one's", async () => {
  const bench = await JobBench.open();
  const marks: string[] = [];
  const marked = (name: string): Step<ToyFacts> =>
    step<ToyFacts>({
      name,
      run: ({ mark }) => {
        marks.push(mark);
        return Promise.resolve(undefined);
      },
      undo: ({ mark }) => {
        marks.push(mark);
        return Promise.resolve(undefined);
      },
    });
  const many = Array.from({ length: 12 }, (_, index) => marked(`step ${index}`));
  const asked = bench.knows("build", [...many, forEach<ToyFacts>("each", () => ["/mnt/a", "/mnt/a b", ":"], marked("key")), fails("last")]);
  await bench.run(await bench.start(), asked);
  expect(marks).toHaveLength(30);
  for (const mark of marks) {
    expect(mark).toMatch(/^toy:JOB-1:[0-9a-z:-]+$/);
    expect(marks.filter((other) => other.startsWith(mark))).toEqual([mark]);
  }
});

test("an undo that fails is repeated, and its changes come once", async () => {
  const bench = await JobBench.open();
  let tries = 0;
  const asked = bench.knows("build", [
    makes(bench.outside, "one", {
      undo: ({ own }) => {
        if (++tries < 3) return Promise.reject(new EngineError("MOUNT_BUSY", "busy"));
        bench.outside.remove(own.thing);
        return Promise.resolve({ changes: [{ collection: "pools", remove: own.pool }] });
      },
    }),
    fails("two"),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(tries).toBe(3);
  expect(job).toMatchObject({ state: "FAILED", isUnfinished: false });
  expect(await bench.recorded()).toEqual([]);
});

test("an undo that keeps failing ends the job with a fault; what is left is undone by finishing it", async () => {
  const bench = await JobBench.open();
  let isBroken = true;
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    makes(bench.outside, "two", {
      undo: ({ own }) => {
        if (isBroken) return Promise.reject(new EngineError("MOUNT_BUSY", "busy", { action: "Close the shell." }));
        bench.outside.remove(own.thing);
        return Promise.resolve({ changes: [{ collection: "pools", remove: own.pool }] });
      },
    }),
    fails("three"),
  ]);
  const process = await bench.start();
  const job = await bench.run(process, asked);
  expect(job).toMatchObject({ state: "FAILED", isUnfinished: true, error: { code: "HOOK_FAILED" } });
  expect(await bench.states(job.reference)).toEqual(["one DONE", "two UNDOING", "three UNDONE"]);
  expect(await bench.faults()).toEqual(["UNDO_FAILED"]);
  expect(await bench.catalog.journal.locks()).toEqual([]);
  isBroken = false;
  expect(await process.jobs.finish(job.reference)).toBe(true);
  expect(await process.ended(job.reference)).toMatchObject({ state: "FAILED", isUnfinished: false, error: { code: "HOOK_FAILED" } });
  expect(bench.outside.things.size).toBe(0);
  expect(await bench.recorded()).toEqual([]);
  expect(await bench.faults()).toEqual([]);
  expect(await process.jobs.finish(job.reference)).toBe(false);
});

test("what is left of an undo is tried again at each start", async () => {
  const bench = await JobBench.open();
  let isBroken = true;
  const asked = bench.knows("build", [
    says(bench.outside, "one", { undo: () => (isBroken ? Promise.reject(new EngineError("MOUNT_BUSY", "busy")) : told(bench, "un-one")) }),
    fails("two"),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job.isUnfinished).toBe(true);
  expect(await (await bench.start()).ended(job.reference)).toMatchObject({ state: "FAILED" });
  isBroken = false;
  const process = await bench.start();
  await expect.poll(async () => (await bench.job(job.reference)).isUnfinished).toBe(false);
  expect(await process.ended(job.reference)).toMatchObject({ state: "FAILED", isUnfinished: false });
  expect(bench.outside.story).toEqual(["one", "un-one"]);
  expect(await bench.faults()).toEqual([]);
});

test("a plugin's own refusal to undo is not repeated", async () => {
  const bench = await JobBench.open();
  let tries = 0;
  const asked = bench.knows("build", [
    says(bench.outside, "one", { undo: () => Promise.reject(new EngineError("PLUGIN_USER_ERROR", `no ${++tries}`)) }),
    fails("two"),
  ]);
  expect(await bench.run(await bench.start(), asked)).toMatchObject({ isUnfinished: true });
  expect(tries).toBe(1);
});

test("after an undo the state is looked at and recorded, with a fault where there is one", async () => {
  const bench = await JobBench.open();
  const whenUndone = ({ facts }: { readonly facts: ToyFacts }) =>
    Promise.resolve({ faults: [{ code: "NOT_AS_WANTED", message: `one was ${String(facts["one"])}`, action: "" }] });
  const asked = bench.knows(
    "build",
    [step<ToyFacts>({ name: "one", run: () => Promise.resolve({ facts: { one: "there" } }) }), fails("two")],
    { whenUndone },
  );
  expect(await bench.run(await bench.start(), asked)).toMatchObject({ state: "FAILED" });
  expect(await bench.catalog.objects.faults.list()).toMatchObject([{ code: "NOT_AS_WANTED", message: "one was there", target: TARGET }]);
});

test("failing to look, or to keep what was seen, does not keep the job from ending", async () => {
  const bench = await JobBench.open();
  const blind = bench.knows("blind", [fails("one")], { whenUndone: () => Promise.reject(new Error("cannot see")) });
  const odd = bench.knows("odd", [fails("one")], {
    whenUndone: () => Promise.resolve({ changes: [{ collection: "pools", update: "STORAGE_POOL-999", set: { name: "x" } }] }),
  });
  const process = await bench.start();
  expect(await bench.run(process, blind)).toMatchObject({ state: "FAILED", isUnfinished: false });
  expect(await bench.run(process, odd)).toMatchObject({ state: "FAILED", isUnfinished: false });
  expect(bench.defects).toEqual([]);
});

test("an error that is none of ours is told as a defect of the engine", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [fails("one", new TypeError("x is not a function")), pointOfNoReturn, says(bench.outside, "two")]);
  const job = await bench.run(await bench.start(), asked);
  expect(job.error).toMatchObject({ code: "INTERNAL", message: "x is not a function." });
});

function told(bench: JobBench, line: string): Promise<undefined> {
  bench.outside.story.push(line);
  return Promise.resolve(undefined);
}

test("an undo may choose new names within the transaction that commits it", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    step<ToyFacts>({
      name: "one",
      run: () => Promise.reject(new EngineError("HOOK_FAILED", "no")),
      undo: () =>
        Promise.resolve({
          changesWith: async (choose) => [
            { collection: "pools", insert: poolOf({ pool: await choose.reference("STORAGE_POOL"), thing: "found again" }) },
          ],
        }),
    }),
  ]);
  await bench.run(await bench.start(), asked);
  expect(await bench.recorded()).toEqual(["found again"]);
});
