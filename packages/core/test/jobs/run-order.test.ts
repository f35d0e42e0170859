import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { forEach, pointOfNoReturn, step, type Step } from "../../src/jobs/workflow.ts";
import { JobBench } from "../bench/job-bench.ts";
import { makes, says, type ToyFacts } from "../bench/toy-steps.ts";

test("steps run in their order, each sees what the former ones gave, and the job is done", async () => {
  const bench = await JobBench.open();
  const seen: unknown[] = [];
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    step<ToyFacts>({
      name: "two",
      run: ({ facts }) => {
        seen.push(facts);
        return Promise.resolve({ facts: { colour: "blue" } });
      },
    }),
    pointOfNoReturn,
    step<ToyFacts>({
      name: "three",
      run: ({ facts }) => {
        seen.push(facts);
        return Promise.resolve(undefined);
      },
    }),
  ]);
  const job = await bench.run(await bench.start(), asked, { input: { size: 3 } });
  expect(job).toMatchObject({ state: "COMPLETED", percentComplete: 100, error: null, isUnfinished: false, owner: null });
  const [thing] = bench.outside.things;
  expect(seen).toEqual([
    { size: 3, one: thing },
    { size: 3, one: thing, colour: "blue" },
  ]);
  expect(await bench.states(job.reference)).toEqual(["one DONE", "two DONE", "three DONE"]);
  expect(await bench.recorded()).toEqual([thing]);
  expect(await bench.catalog.journal.locks()).toEqual([]);
  expect(await bench.catalog.objects.actions.find(job.action)).toMatchObject({
    state: "COMPLETED",
    user: "tester",
    operation: "toy.build",
  });
});

test("a job shows the step under way, with its key, also while it is undone", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    forEach<ToyFacts>("each", () => ["a", "b"], makes(bench.outside, "two")),
    says(bench.outside, "three", { run: () => Promise.reject(new EngineError("HOOK_FAILED", "no luck")) }),
  ]);
  const shown: unknown[] = [];
  bench.gate = async ({ job, moment, direction }) => {
    if (moment === "BEFORE") shown.push(`${direction} ${(await bench.job(job)).step ?? "nothing"}`);
  };
  const told: unknown[] = [];
  bench.watchers.watch(({ job }) => told.push(job.step));
  const job = await bench.run(await bench.start(), asked);
  const forward = ["one", "two a", "two b", "three"];
  expect(shown).toEqual([...forward.map((step) => `RUN ${step}`), ...forward.reverse().map((step) => `UNDO ${step}`)]);
  expect(told).toEqual(expect.arrayContaining(forward));
  expect(job.step).toBeNull();
});

test("names are in the journal before anything is made under them", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [makes(bench.outside, "one"), makes(bench.outside, "two")]);
  const intents: unknown[] = [];
  bench.gate = async ({ job, moment }) => {
    if (moment === "BEFORE") intents.push((await bench.steps(job)).at(-1));
  };
  await bench.run(await bench.start(), asked);
  expect(intents).toHaveLength(2);
  expect(intents).toMatchObject([
    { name: "one", state: "INTENDED", result: null, endedAt: null },
    { name: "two", state: "INTENDED", result: null, endedAt: null },
  ]);
  const things = intents.map((line) => (line as { intent: { thing: string } }).intent.thing);
  expect([...bench.outside.things]).toEqual(things);
});

test("a step's changes, its result and the next intent come in one transaction", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [makes(bench.outside, "one"), makes(bench.outside, "two")]);
  const process = await bench.start();
  const observed = new Set<string>();
  const look = async (): Promise<void> => {
    // One reading transaction sees one moment.
    const [recorded, lines] = await bench.catalog.transact(async ({ objects, journal }) => [
      (await objects.pools.list()).length,
      (await journal.steps("JOB-1")).map(({ name, state }) => `${name} ${state}`).join(", "),
    ]);
    observed.add(`${recorded} recorded; ${lines}`);
  };
  bench.gate = look;
  const job = await bench.run(process, asked);
  await look();
  expect(job.state).toBe("COMPLETED");
  expect([...observed]).toEqual(["0 recorded; one INTENDED", "1 recorded; one DONE, two INTENDED", "2 recorded; one DONE, two DONE"]);
});

test("a change that the catalog refuses fails the step, and nothing of it is kept", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    step<ToyFacts>({
      name: "two",
      run: () =>
        Promise.resolve({ facts: { two: "kept" }, changes: [{ collection: "pools", update: "STORAGE_POOL-999", set: { name: "x" } }] }),
    }),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "FAILED", error: { code: "NOT_FOUND" } });
  expect(await bench.recorded()).toEqual([]);
  expect(bench.outside.things.size).toBe(0);
});

test("a step whose condition does not hold is skipped, not undone, and not in the journal", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    says(bench.outside, "never", { when: (facts) => facts["wanted"] === true }),
    says(bench.outside, "always", { when: (facts) => facts["wanted"] !== true }),
    step<ToyFacts>({ name: "fail", run: () => Promise.reject(new EngineError("HOOK_FAILED", "no")) }),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(bench.outside.story).toEqual(["always", "un-always"]);
  expect(await bench.states(job.reference)).toEqual(["always UNDONE", "fail UNDONE"]);
});

test("a step that may fail with a warning does not hold up the job", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    step<ToyFacts>({
      name: "hook",
      onFailure: "warn",
      run: () => Promise.reject(new EngineError("HOOK_FAILED", "exit code 3", { action: "Mend it." })),
    }),
    makes(bench.outside, "two"),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "COMPLETED", warningCount: 1 });
  expect(await bench.events(job.reference)).toMatchObject([
    { serial: 1, level: "WARNING", code: "HOOK_FAILED", message: "hook: exit code 3.", action: "Mend it." },
  ]);
  expect(bench.outside.things.size).toBe(2);
});

test("what a step remarks is kept once, and watchers hear of it", async () => {
  const bench = await JobBench.open();
  const heard: string[] = [];
  bench.watchers.watch(({ event }) => {
    if (event !== undefined) heard.push(event.code);
  });
  bench.watchers.watch(() => {
    throw new Error("A watcher's own trouble.");
  });
  const asked = bench.knows("build", [
    step<ToyFacts>({
      name: "one",
      run: ({ remark }) => {
        remark({ level: "INFO", code: "SEEN", message: "something" });
        remark({ level: "WARNING", code: "ODD", message: "something odd", action: "Look." });
        return Promise.resolve(undefined);
      },
    }),
    says(bench.outside, "two"),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect((await bench.events(job.reference)).map(({ code, action }) => [code, action])).toEqual([
    ["SEEN", ""],
    ["ODD", "Look."],
  ]);
  expect(heard).toEqual(["SEEN", "ODD"]);
  expect(job).toMatchObject({ state: "COMPLETED", warningCount: 1 });
});

test("a remark can be read while its step goes on, and outlives a crash", async () => {
  const bench = await JobBench.open();
  const remarks: Step<ToyFacts>["run"] = ({ remark }) => {
    remark({ level: "WARNING", code: "ODD", message: "something odd" });
    return Promise.resolve(undefined);
  };
  const asked = bench.knows("build", [says(bench.outside, "one", { run: remarks })]);
  const crashed = bench.crashAt(({ moment }) => moment === "AFTER");
  const { job } = await bench.submit(await bench.start(), asked);
  await crashed;
  await expect.poll(() => bench.events(job)).toMatchObject([{ code: "ODD", serial: 1 }]);
  expect(await bench.job(job)).toMatchObject({ state: "RUNNING", warningCount: 1 });
  bench.letPass();
  await (await bench.start()).ended(job);
  expect((await bench.events(job)).map(({ code }) => code)).toEqual(["ODD", "INTERRUPTED"]);
});

test("changes that need new references are made within the transaction", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    step<ToyFacts>({
      name: "one",
      run: () =>
        Promise.resolve({
          changesWith: async (choose) => [
            {
              collection: "pools",
              insert: { reference: await choose.reference("STORAGE_POOL"), name: "made", driver: "toy", location: "/", createdAt: "" },
            },
          ],
        }),
    }),
  ]);
  await bench.run(await bench.start(), asked);
  expect(await bench.recorded()).toEqual(["made"]);
});

test("the keys of a forEach step are journaled before the first one runs, and no later change of the world changes them", async () => {
  const bench = await JobBench.open();
  let keys = ["b", "a"];
  const asked = bench.knows("build", [forEach<ToyFacts>("each", () => keys, makes(bench.outside, "one")), says(bench.outside, "end")]);
  let head: unknown;
  bench.gate = async ({ job, key, moment, step: name }) => {
    if (head === undefined) head = (await bench.steps(job))[0];
    if (key === "b" && moment === "BEFORE") expect(name).toBe("each");
    keys = ["z"];
  };
  const job = await bench.run(await bench.start(), asked);
  expect(head).toMatchObject({ name: "each", key: "", state: "DONE", intent: { keys: ["b", "a"] } });
  expect(await bench.states(job.reference)).toEqual(["each DONE", "one/b DONE", "one/a DONE", "end DONE"]);
  expect(bench.outside.story.map((line) => line.split(":")[0])).toEqual(["make one/b", "make one/a", "end"]);
});

test("a forEach step without keys is done at once", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [forEach<ToyFacts>("each", () => [], makes(bench.outside, "one")), says(bench.outside, "end")]);
  const job = await bench.run(await bench.start(), asked);
  expect(await bench.states(job.reference)).toEqual(["each DONE", "end DONE"]);
});

test("a key that comes twice counts once, and one that is empty is a defect", async () => {
  const bench = await JobBench.open();
  const twice = bench.knows("twice", [forEach<ToyFacts>("each", () => ["a", "b", "a"], makes(bench.outside, "one"))]);
  const empty = bench.knows("empty", [says(bench.outside, "start"), forEach<ToyFacts>("each", () => [""], makes(bench.outside, "one"))]);
  const process = await bench.start();
  expect(await bench.run(process, twice)).toMatchObject({ state: "COMPLETED" });
  expect(bench.outside.things.size).toBe(2);
  expect(await bench.run(process, empty)).toMatchObject({ state: "FAILED", error: { code: "INTERNAL" } });
});
