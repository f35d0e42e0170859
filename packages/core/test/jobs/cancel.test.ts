import { EngineError, type Reference } from "@opendvp/model";
import { expect, test } from "vitest";
import { attempt, pointOfNoReturn } from "../../src/jobs/workflow.ts";
import { BY_TESTER, JobBench, type Process } from "../bench/job-bench.ts";
import { lasting } from "../bench/lasting.ts";
import { makes, says } from "../bench/toy-steps.ts";

async function cancelFirst(process: Process): Promise<void> {
  await process.jobs.cancel("JOB-1", BY_TESTER.by);
}

test("a cancel before the point of no return reaches the running step, and everything is undone", async () => {
  const bench = await JobBench.open();
  const slow = lasting("two");
  const asked = bench.knows("build", [makes(bench.outside, "one"), slow.step, pointOfNoReturn, makes(bench.outside, "three")]);
  const process = await bench.start();
  const { job } = await bench.submit(process, asked);
  await slow.begun;
  const action = await process.jobs.cancel(job, BY_TESTER.by);
  expect(await bench.catalog.objects.actions.find(action)).toMatchObject({ operation: "job.cancel", target: job });
  expect(await process.ended(job)).toMatchObject({ state: "CANCELED", isCancelRequested: true, error: { code: "CANCELED" } });
  expect(bench.outside.things.size).toBe(0);
  expect(await bench.recorded()).toEqual([]);
  expect(await bench.catalog.journal.locks()).toEqual([]);
  expect(await bench.catalog.objects.actions.list()).toMatchObject([
    { operation: "toy.build", state: "CANCELED" },
    { operation: "job.cancel", title: "Cancel Do build", target: job, user: "tester", state: "COMPLETED" },
  ]);
});

test("a step that only warns is no way around a cancel", async () => {
  const bench = await JobBench.open();
  const slow = lasting("two");
  const asked = bench.knows("build", [{ ...slow.step, onFailure: "warn" }, makes(bench.outside, "three")]);
  const process = await bench.start();
  const { job } = await bench.submit(process, asked);
  await slow.begun;
  await process.jobs.cancel(job, BY_TESTER.by);
  expect(await process.ended(job)).toMatchObject({ state: "CANCELED" });
  expect(bench.outside.story).toEqual([]);
});

test("past the point of no return it is refused, and the step under way hears nothing", async () => {
  const bench = await JobBench.open();
  const slow = lasting("two");
  const asked = bench.knows("build", [makes(bench.outside, "one"), pointOfNoReturn, slow.step]);
  const process = await bench.start();
  const { job } = await bench.submit(process, asked);
  await slow.begun;
  await expect(process.jobs.cancel(job, BY_TESTER.by)).rejects.toMatchObject({ code: "CANCEL_TOO_LATE", details: { job } });
  slow.goOn();
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED", isCancelRequested: false });
  await expect(process.jobs.cancel(job, BY_TESTER.by)).rejects.toMatchObject({
    code: "CANCEL_TOO_LATE",
    message: "JOB-1 (Do build) has ended already: completed.",
    action: "See what it did with `dvp job show JOB-1`; that can be undone or deleted.",
  });
  await expect(process.jobs.cancel("JOB-99", BY_TESTER.by)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("once it has failed it is refused, and nobody is told to wait", async () => {
  const bench = await JobBench.open();
  const fails = says(bench.outside, "one", { run: () => Promise.reject(new EngineError("HOOK_FAILED", "no")) });
  const process = await bench.start();
  const { job } = await bench.submit(process, bench.knows("build", [fails]));
  expect(await process.ended(job)).toMatchObject({ state: "FAILED" });
  await expect(process.jobs.cancel(job, BY_TESTER.by)).rejects.toMatchObject({
    code: "CANCEL_TOO_LATE",
    message: "JOB-1 (Do build) has ended already: failed.",
    action: "See what it did with `dvp job show JOB-1`.",
  });
});

test("between undoing an attempt and giving it up it is refused likewise", async () => {
  const bench = await JobBench.open();
  const refusals: unknown[] = [];
  const asked = bench.knows("build", [
    pointOfNoReturn,
    attempt("sync", "SYNC_FAILED", [says(bench.outside, "one", { run: () => Promise.reject(new EngineError("HOOK_FAILED", "no")) })]),
    says(bench.outside, "two"),
  ]);
  const process = await bench.start();
  const { transact } = bench.catalog;
  Object.assign(bench.catalog, {
    transact: async (work: Parameters<typeof transact>[0]) => {
      const lines = await bench.steps("JOB-1");
      if (lines.length === 1 && lines[0]?.state === "UNDONE" && refusals.length === 0) {
        refusals.push(undefined);
        refusals.push(await process.jobs.cancel("JOB-1", BY_TESTER.by).catch((error: unknown) => error));
      }
      return transact.call(bench.catalog, work);
    },
  });
  const { job } = await bench.submit(process, asked);
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED" });
  expect(refusals.at(-1)).toMatchObject({ code: "CANCEL_TOO_LATE" });
});

test("a cancel that comes while the last step before it ends wins: nothing crosses", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    makes(bench.outside, "two"),
    pointOfNoReturn,
    makes(bench.outside, "three"),
  ]);
  const process = await bench.start();
  bench.gate = ({ step: name, direction, moment }) =>
    name === "two" && direction === "RUN" && moment === "AFTER" ? cancelFirst(process) : Promise.resolve();
  const { job } = await bench.submit(process, asked);
  expect(await process.ended(job)).toMatchObject({ state: "CANCELED" });
  expect(bench.outside.things.size).toBe(0);
  expect(await bench.recorded()).toEqual([]);
});

test("likewise where the job would end without ever crossing", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [makes(bench.outside, "one")]);
  const process = await bench.start();
  bench.gate = ({ direction, moment }) => (direction === "RUN" && moment === "AFTER" ? cancelFirst(process) : Promise.resolve());
  const { job } = await bench.submit(process, asked);
  expect(await process.ended(job)).toMatchObject({ state: "CANCELED" });
  expect(bench.outside.things.size).toBe(0);
});

test("a job that is being undone is not undone twice, and ends for the reason that it had", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    says(bench.outside, "two", { run: () => Promise.reject(new EngineError("HOOK_FAILED", "no")) }),
  ]);
  const process = await bench.start();
  bench.gate = ({ step: name, direction, moment }) =>
    name === "one" && direction === "UNDO" && moment === "BEFORE" ? cancelFirst(process) : Promise.resolve();
  const { job } = await bench.submit(process, asked);
  expect(await process.ended(job)).toMatchObject({ state: "FAILED", error: { code: "HOOK_FAILED" } });
  expect(bench.outside.story.filter((line) => line.startsWith("remove"))).toHaveLength(1);
});

test("a job that waits ends at once, and lets go of what it waited for", async () => {
  const bench = await JobBench.open();
  const slow = lasting("one");
  const first = bench.knows("first", [slow.step]);
  const second = bench.knows("second", [makes(bench.outside, "two")]);
  const process = await bench.start();
  const { job: holder } = await bench.submit(process, first);
  const { job } = await bench.submit(process, second, { isQueued: true });
  const ended = process.ended(job);
  await process.jobs.cancel(job, BY_TESTER.by);
  expect(await ended).toMatchObject({ state: "CANCELED", isCancelRequested: true });
  expect((await bench.catalog.journal.locks()).map((lock) => lock.job)).toEqual([holder]);
  slow.goOn();
  await process.ended(holder);
  expect(bench.outside.story).toEqual([]);
  expect((await bench.job(job)).state).toBe("CANCELED");
});

test("a cancel that was asked for before a crash counts after it", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("build", [makes(bench.outside, "one"), pointOfNoReturn, makes(bench.outside, "two")]);
  const former = await bench.start();
  const crashed = bench.crashAt(({ moment }) => moment === "AFTER");
  const { job } = await former.jobs.submit(bench.request(asked), BY_TESTER);
  await crashed;
  await former.jobs.cancel(job, BY_TESTER.by);
  bench.letPass();
  const process = await bench.start();
  expect(await process.ended(job)).toMatchObject({ state: "CANCELED", error: { code: "CANCELED" } });
  expect(bench.outside.things.size).toBe(0);
});

/** A job past its point of no return that attempts something lasting. */
async function attempting(
  bench: JobBench,
): Promise<{ readonly job: Reference<"JOB">; readonly process: Process; readonly goOn: () => void }> {
  const slow = lasting("two");
  const asked = bench.knows("link", [
    makes(bench.outside, "one"),
    pointOfNoReturn,
    attempt("first sync", "SYNC_FAILED", [makes(bench.outside, "hook"), slow.step, makes(bench.outside, "snapshot")]),
    says(bench.outside, "three"),
  ]);
  const process = await bench.start();
  const { job } = await bench.submit(process, asked);
  await slow.begun;
  return { job, process, goOn: slow.goOn };
}

test("an attempt has a point of no return of its own: cancelled before that, it alone is undone", async () => {
  const bench = await JobBench.open();
  const { job, process } = await attempting(bench);
  await process.jobs.cancel(job, BY_TESTER.by);
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED", warningCount: 1, error: null, isCancelRequested: true });
  expect([...bench.outside.things].map((thing) => thing.split(":")[0])).toEqual(["one"]);
  expect(await bench.recorded()).toEqual([...bench.outside.things]);
  expect(bench.outside.story.at(-1)).toBe("three");
  expect(await bench.catalog.objects.faults.list()).toMatchObject([
    { code: "SYNC_FAILED", message: "The first sync of toy was cancelled.", state: "ACTIVE" },
  ]);
});

test("a cancel that comes while the last step of an attempt ends wins there as well", async () => {
  const bench = await JobBench.open();
  const asked = bench.knows("link", [pointOfNoReturn, attempt("first sync", "SYNC_FAILED", [makes(bench.outside, "one")])]);
  const process = await bench.start();
  bench.gate = ({ direction, moment }) => (direction === "RUN" && moment === "AFTER" ? cancelFirst(process) : Promise.resolve());
  const { job } = await bench.submit(process, asked);
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED", warningCount: 1 });
  expect(bench.outside.things.size).toBe(0);
  expect(await bench.faults()).toEqual(["SYNC_FAILED"]);
});

test("a cancelled attempt that a crash cuts off is given up after the restart, not made again", async () => {
  const bench = await JobBench.open();
  const crashed = bench.crashAt(({ step: name, moment }) => name === "snapshot" && moment === "BEFORE");
  const { job, process: former, goOn } = await attempting(bench);
  goOn();
  await crashed;
  await former.jobs.cancel(job, BY_TESTER.by);
  bench.letPass();
  const process = await bench.start();
  expect(await process.ended(job)).toMatchObject({ state: "COMPLETED", warningCount: 1 });
  expect(await bench.faults()).toEqual(["SYNC_FAILED"]);
  expect([...bench.outside.things].map((thing) => thing.split(":")[0])).toEqual(["one"]);
});
