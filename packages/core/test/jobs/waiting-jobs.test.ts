import { EngineError, type Reference } from "@opendvp/model";
import { expect, test } from "vitest";
import { exclusive, shared } from "../../src/jobs/locks.ts";
import type { Choose } from "../../src/jobs/workflow.ts";
import { BY_TESTER, JobBench, TARGET } from "../bench/job-bench.ts";
import { lasting } from "../bench/lasting.ts";
import { makes, says } from "../bench/toy-steps.ts";

const QUEUED = { ...BY_TESTER, isQueued: true };

test("jobs that wait run in the order in which they were asked for", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  const holder = await bench.submit(process, bench.knows("holder", [slow.step]));
  const asked = ["a", "b", "c"].map((name) => bench.knows(name, [says(bench.outside, name)]));
  const jobs: Reference<"JOB">[] = [];
  for (const workflow of asked) jobs.push((await bench.submit(process, workflow, { isQueued: true })).job);
  expect(await Promise.all(jobs.map(async (job) => (await bench.job(job)).state))).toEqual(["WAITING", "WAITING", "WAITING"]);
  expect((await bench.catalog.objects.actions.list()).map(({ state }) => state)).toEqual(["RUNNING", "WAITING", "WAITING", "WAITING"]);
  slow.goOn();
  for (const job of [holder.job, ...jobs]) expect(await process.ended(job)).toMatchObject({ state: "COMPLETED" });
  expect(bench.outside.story).toEqual(["a", "b", "c"]);
  expect(await bench.catalog.journal.locks()).toEqual([]);
});

test("one that waits is overtaken by nobody who wants the same object, and holds up nobody else", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  const holder = await bench.submit(process, bench.knows("holder", [slow.step]), { locks: [shared("S-1")] });
  const writer = await bench.submit(process, bench.knows("writer", [says(bench.outside, "writer")]), {
    locks: [exclusive("S-1")],
    isQueued: true,
  });
  const reader = bench.knows("reader", [says(bench.outside, "reader")]);
  // Sharing with the holder would starve the writer.
  await expect(bench.submit(process, reader, { locks: [shared("S-1")] })).rejects.toMatchObject({
    code: "CONFLICT",
    details: { job: writer.job },
  });
  const behind = await bench.submit(process, reader, { locks: [shared("S-1")], isQueued: true });
  expect(await bench.run(process, reader, { locks: [exclusive("S-2")] })).toMatchObject({ state: "COMPLETED" });
  slow.goOn();
  for (const { job } of [holder, writer, behind]) expect(await process.ended(job)).toMatchObject({ state: "COMPLETED" });
  expect(bench.outside.story).toEqual(["reader", "writer", "reader"]);
});

test("the story of one that waits begins with the jobs before it, those that wait themselves included", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  await bench.submit(process, bench.knows("holder", [slow.step]), { locks: [exclusive("S-1"), exclusive("S-2")] });
  const follower = bench.knows("follower", [says(bench.outside, "follower")]);
  const jobs: Reference<"JOB">[] = [];
  for (let count = 0; count < 7; count++) {
    jobs.push((await bench.submit(process, follower, { locks: [exclusive("S-1"), exclusive("S-2")], isQueued: true })).job);
  }
  const stories = await Promise.all(jobs.map((job) => bench.catalog.journal.events(job)));
  expect(stories.map(([first]) => first?.message)).toEqual([
    "Waits for JOB-1 (Do holder).",
    "Waits for JOB-1 (Do holder), JOB-2 (Do follower).",
    expect.stringMatching(/, JOB-3 \(Do follower\)\.$/),
    expect.stringMatching(/, JOB-4 \(Do follower\)\.$/),
    expect.stringMatching(/, JOB-5 \(Do follower\)\.$/),
    expect.stringMatching(/JOB-5 \(Do follower\), 1 more\.$/),
    expect.stringMatching(/JOB-5 \(Do follower\), 2 more\.$/),
  ]);
  slow.goOn();
  for (const job of jobs) await process.ended(job);
});

test("a request queues behind the workflows that it names, and is refused by any other", async () => {
  const bench = await JobBench.open();
  const prepare = lasting("prepare");
  const other = lasting("other");
  const process = await bench.start();
  const preparing = await bench.submit(process, bench.knows("prepare-snapshot", [prepare.step]), { locks: [exclusive("S-1")] });
  const rewind = bench.knows("rewind", [says(bench.outside, "rewind")]);
  const queuesBehind = ["prepare-snapshot"];
  const waiting = await bench.submit(process, rewind, { locks: [shared("S-1"), exclusive("V-1")], queuesBehind });
  expect((await bench.job(waiting.job)).state).toBe("WAITING");
  const holder = await bench.submit(process, bench.knows("other", [other.step]), { locks: [exclusive("V-2")] });
  const mixed = bench.submit(process, rewind, { locks: [shared("S-1"), exclusive("V-2")], queuesBehind });
  await expect(mixed).rejects.toMatchObject({ code: "CONFLICT", details: { job: holder.job } });
  prepare.goOn();
  other.goOn();
  for (const { job } of [preparing, waiting, holder]) await process.ended(job);
  expect(bench.outside.story).toEqual(["rewind"]);
});

test("what a job works on is found out again when its turn comes", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  const holder = await bench.submit(process, bench.knows("holder", [slow.step]));
  let current = "APPDATA_TIMEFLOW-1";
  const seen: unknown[] = [];
  const refresh = bench.knows("refresh", [
    says(bench.outside, "look", {
      run: ({ facts }) => {
        seen.push(facts["former"]);
        return Promise.resolve(undefined);
      },
    }),
  ]);
  const draft = () => Promise.resolve({ target: TARGET, input: { former: current }, locks: [exclusive(TARGET), shared(current)] } as const);
  const { job } = await process.jobs.submit({ ...bench.request(refresh), draft }, QUEUED);
  expect((await bench.job(job)).input).toEqual({ former: "APPDATA_TIMEFLOW-1" });
  current = "APPDATA_TIMEFLOW-2";
  let locks: readonly string[] = [];
  bench.gate = async () => {
    locks = (await bench.catalog.journal.locks()).filter((lock) => lock.isHeld).map((lock) => lock.object);
  };
  slow.goOn();
  await process.ended(holder.job);
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED", input: { former: "APPDATA_TIMEFLOW-2" } });
  expect(seen).toEqual(["APPDATA_TIMEFLOW-2"]);
  expect(new Set(locks)).toEqual(new Set([TARGET, "APPDATA_TIMEFLOW-2"]));
});

test("one that can no longer be asked for fails when its turn comes, and the next one runs", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  await bench.submit(process, bench.knows("holder", [slow.step]));
  const asked = bench.knows("start", [says(bench.outside, "start")]);
  let isDisabled = false;
  const draft = () =>
    isDisabled
      ? Promise.reject(new EngineError("STATE_UNSUITABLE", "It is disabled.", { action: "Enable it." }))
      : Promise.resolve({ target: TARGET, input: {}, locks: [exclusive(TARGET)] } as const);
  const refused = await process.jobs.submit({ ...bench.request(asked), draft }, QUEUED);
  const next = await bench.submit(process, asked, { isQueued: true });
  isDisabled = true;
  slow.goOn();
  expect(await process.ended(refused.job)).toMatchObject({ state: "FAILED", error: { code: "STATE_UNSUITABLE" }, owner: null });
  expect(await bench.events(refused.job)).toMatchObject([{ code: "WAITS" }, { level: "ERROR", code: "STATE_UNSUITABLE" }]);
  expect(await process.ended(next.job)).toMatchObject({ state: "COMPLETED" });
  expect(bench.outside.story).toEqual(["start"]);
  expect(bench.defects).toEqual([]);
});

test("a creation takes what is there when its turn comes, under the reference that its asker was told", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  await bench.submit(process, bench.knows("holder", [slow.step]), { locks: [exclusive("S-1")] });
  const create = bench.knows("create", [makes(bench.outside, "one")]);
  let latest = "S-1";
  const draft = async (choose: Choose) => {
    const target = await choose.reference("APPDATA_CONTAINER");
    const input = { dataset: target, source: await choose.reference("APPDATA_VIRTUAL_SOURCE"), from: latest };
    return { target, input, locks: [exclusive(target), shared(latest)] };
  };
  const started = await process.jobs.submit({ ...bench.request(create), draft }, QUEUED);
  latest = "S-2";
  const locks: string[] = [];
  bench.gate = async ({ job }) => {
    if (job === started.job) for (const lock of await bench.catalog.journal.locks()) if (lock.job === job) locks.push(lock.object);
  };
  slow.goOn();
  expect(await process.ended(started.job)).toMatchObject({
    state: "COMPLETED",
    target: started.target,
    input: { dataset: started.target, from: "S-2" },
  });
  expect(new Set(locks)).toEqual(new Set([started.target, "S-2"]));
});

test("a creation that can no longer be done fails when its turn comes", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  await bench.submit(process, bench.knows("holder", [slow.step]), { locks: [exclusive("S-1")] });
  let isTaken = false;
  const draft = async (choose: Choose) => {
    if (isTaken) throw new EngineError("NAME_TAKEN", "There is already a VDB of that name.");
    const target = await choose.reference("APPDATA_CONTAINER");
    return { target, input: {}, locks: [exclusive(target), shared("S-1")] };
  };
  const request = { ...bench.request(bench.knows("create", [makes(bench.outside, "one")])), draft };
  const { job } = await process.jobs.submit(request, QUEUED);
  isTaken = true;
  slow.goOn();
  expect(await process.ended(job)).toMatchObject({ state: "FAILED", error: { code: "NAME_TAKEN" } });
  expect(bench.outside.things.size).toBe(0);
});

test("a job whose first intent fails does not take the engine with it", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  await bench.submit(process, bench.knows("holder", [slow.step]));
  const odd = bench.knows("odd", [says(bench.outside, "one", { intend: () => Promise.reject(new Error("defect")) })]);
  const { job } = await bench.submit(process, odd, { isQueued: true });
  slow.goOn();
  expect(await process.ended(job)).toMatchObject({ state: "FAILED", error: { code: "INTERNAL", message: "defect." } });
  expect(bench.defects).toMatchObject([{ message: "defect" }]);
  expect(await bench.catalog.journal.locks()).toEqual([]);
});

test("one of the engine's own that waited when it stopped ends with that reason", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [says(bench.outside, "one"), says(bench.outside, "two")]);
  const crashed = bench.crashAt(({ step, moment }) => step === "two" && moment === "BEFORE");
  const former = await bench.start();
  const running = await bench.submit(former, asked);
  const waiting = await bench.submit(former, asked, { isQueued: true });
  await crashed;
  bench.letPass();
  const process = await bench.start();
  expect(await process.ended(running.job)).toMatchObject({ state: "FAILED", error: { code: "INTERRUPTED" } });
  expect(await process.ended(waiting.job)).toMatchObject({ state: "FAILED", error: { code: "INTERRUPTED" } });
  expect(await bench.catalog.journal.locks()).toEqual([]);
});

test("an engine that stops takes no more jobs and starts none that wait", async () => {
  const bench = await JobBench.open();
  const slow = lasting("hold");
  const process = await bench.start();
  const asked = bench.knows("build", [slow.step]);
  await bench.submit(process, asked);
  const waiting = await bench.submit(process, asked, { isQueued: true });
  await slow.begun;
  await process.jobs.close(0);
  await expect(bench.submit(process, asked)).rejects.toMatchObject({ code: "STATE_UNSUITABLE" });
  expect((await bench.job(waiting.job)).state).toBe("WAITING");
});
