import type { Action, Ask, Catalog, Member } from "@opendvp/core";
import { EngineError, type Reference } from "@opendvp/model";
import { expect, test } from "vitest";
import { ActionGroups, type ActionGroupParts } from "../../src/actions/action-groups.ts";
import { exclusive } from "../../src/jobs/locks.ts";
import { step } from "../../src/jobs/workflow.ts";
import { BY_TESTER, JobBench, TARGET } from "../bench/job-bench.ts";
import { Latch } from "../bench/latch.ts";

const DONE = { title: "Do all", operation: "toy.all", target: null } as const;

function partsOf({ catalog, clock }: JobBench, report: (error: unknown) => void = () => undefined): ActionGroupParts {
  return { catalog, clock, now: () => clock.now().toISOString(), signal: new AbortController().signal, report };
}

/** Groups of jobs that wait for a latch; the last of them fails if told to. */
async function groupBench() {
  const bench = await JobBench.open();
  const latch = new Latch();
  const wait = step<object>({ name: "wait", run: () => latch.opened.then(() => undefined) });
  const failing = step<object>({ name: "fail", run: () => Promise.reject(new EngineError("MOUNT_BUSY", "Somebody is in there.")) });
  const [waits, fails] = [bench.knows("waits", [wait]), bench.knows("fails", [wait, failing])];
  const process = await bench.start();
  const defects: unknown[] = [];
  const groups = new ActionGroups(partsOf(bench, (error) => defects.push(error)));
  const member = (name: string, start: Member["start"]): Member => ({ title: `Do ${name}`, operation: "toy.one", target: null, start });
  const job = (name: string, asked = waits): Member =>
    member(name, (ask: Ask) => process.jobs.submit(bench.request(asked, { locks: [exclusive(name)] }), { ...ask, isQueued: true }));
  return {
    bench,
    process,
    latch,
    groups,
    defects,
    member,
    job,
    failing: (name: string) => job(name, fails),
    find: (reference: Reference<"ACTION">) => bench.catalog.objects.actions.find(reference),
    children: (parent: Reference<"ACTION">) => bench.catalog.objects.actions.list({ where: { parent } }),
    async end(): Promise<void> {
      latch.open();
      for (const { reference } of await bench.catalog.journal.listJobs()) await process.ended(reference);
    },
  };
}

test("an action that asks for several is WAITING until all are asked for, and RUNNING until the last has ended", async () => {
  const { groups, member, job, find, children, end, bench } = await groupBench();
  const seen: (Action["state"] | undefined)[] = [];
  const look = member("look", async (ask) => {
    if (ask.parent !== undefined) seen.push((await find(ask.parent))?.state);
    return job("b").start(ask);
  });
  const { action, errors } = await groups.ask(DONE, [job("a"), look], BY_TESTER);
  expect([seen, errors]).toEqual([["WAITING"], []]);
  expect(await find(action)).toMatchObject({ ...DONE, state: "RUNNING", endedAt: null, user: "tester", parent: null });
  expect(await bench.catalog.objects.actions.count({ state: "RUNNING" })).toBe(3);
  await end();
  expect(await find(action)).toMatchObject({ state: "COMPLETED", errorCode: null, endedAt: expect.stringMatching(/Z$/) });
  expect((await children(action)).map(({ state }) => state)).toEqual(["COMPLETED", "COMPLETED"]);
});

test("one member of another that has ended meanwhile ends nothing while more are asked for", async () => {
  const { groups, member, job, find, end, latch, process } = await groupBench();
  latch.open();
  const late = member("late", async (ask) => {
    const first = await job("a").start(ask);
    await process.ended(first.job);
    if (ask.parent !== undefined) expect(await find(ask.parent)).toMatchObject({ state: "WAITING", endedAt: null });
    return job("b").start(ask);
  });
  const { action } = await groups.ask(DONE, [late], BY_TESTER);
  await end();
  expect(await find(action)).toMatchObject({ state: "COMPLETED" });
});

test("it has failed where one of them has, and none at all is done at once", async () => {
  const { groups, job, failing, find, end } = await groupBench();
  const { action } = await groups.ask(DONE, [failing("a"), job("b")], BY_TESTER);
  const nothing = await groups.ask(DONE, [], BY_TESTER);
  expect(await find(nothing.action)).toMatchObject({ state: "COMPLETED" });
  await end();
  expect(await find(action)).toMatchObject({ state: "FAILED", errorCode: "MOUNT_BUSY" });
});

test("what cannot be asked for is recorded as a member that has failed; the others go on", async () => {
  const { groups, member, job, find, children, end } = await groupBench();
  const refused = member("b", () => Promise.reject(new EngineError("STATE_UNSUITABLE", "Not now.")));
  const { action, errors } = await groups.ask(DONE, [job("a"), refused, job("c")], BY_TESTER);
  expect(errors).toMatchObject([{ code: "STATE_UNSUITABLE" }]);
  expect(await find(action)).toMatchObject({ state: "RUNNING" });
  await end();
  expect(await find(action)).toMatchObject({ state: "FAILED", errorCode: "STATE_UNSUITABLE" });
  expect((await children(action)).map(({ title, state }) => [title, state])).toEqual([
    ["Do waits", "COMPLETED"],
    ["Do b", "FAILED"],
    ["Do waits", "COMPLETED"],
  ]);
});

test("a member that is cancelled while it waits ends it as well", async () => {
  const { groups, job, find, end, process } = await groupBench();
  const { action } = await groups.ask(DONE, [job(TARGET), job(TARGET)], BY_TESTER);
  await process.jobs.cancel("JOB-2", BY_TESTER.by);
  expect(await find(action)).toMatchObject({ state: "RUNNING" });
  await end();
  expect(await find(action)).toMatchObject({ state: "CANCELED" });
});

test("what a crash cut off before all were asked for has failed, whatever becomes of those that were", async () => {
  const { bench, groups, member, job, find, children, end } = await groupBench();
  const dead = new Latch();
  const crash = member("never", () => {
    dead.open();
    return new Promise<never>(() => undefined);
  });
  void groups.ask(DONE, [job("a"), job("a"), crash], BY_TESTER);
  await dead.opened;
  await new ActionGroups(partsOf(bench)).endCutOff();
  expect(await find("ACTION-1")).toMatchObject({ state: "RUNNING", endedAt: null });
  // The second one waits for its turn: it has a job, and stays as it is.
  expect((await children("ACTION-1")).map(({ title, state }) => [title, state])).toEqual([
    ["Do waits", "RUNNING"],
    ["Do waits", "WAITING"],
    ["Do all", "FAILED"],
  ]);
  await end();
  expect(await find("ACTION-1")).toMatchObject({ state: "FAILED", errorCode: "INTERRUPTED", endedAt: expect.stringMatching(/Z$/) });
});

test("a crash before the first of them was asked for leaves one that has failed", async () => {
  const { bench, groups, member, find } = await groupBench();
  const dead = new Latch();
  const crash = member("never", () => {
    dead.open();
    return new Promise<never>(() => undefined);
  });
  void groups.ask(DONE, [crash], BY_TESTER);
  await dead.opened;
  await new ActionGroups(partsOf(bench)).endCutOff();
  expect(await find("ACTION-1")).toMatchObject({ state: "FAILED", errorCode: "INTERRUPTED", endedAt: expect.stringMatching(/Z$/) });
});

test("another engine that starts while members are asked for does not make it fail", async () => {
  const { bench, groups, member, job, find, children, end } = await groupBench();
  const start = member("another engine", async (ask) => {
    await new ActionGroups(partsOf(bench)).endCutOff();
    return job("b").start(ask);
  });
  const { action } = await groups.ask(DONE, [job("a"), start], BY_TESTER);
  await end();
  expect(await find(action)).toMatchObject({ state: "COMPLETED", errorCode: null });
  expect(await children(action)).toHaveLength(2);
});

test("what is no error of ours fails its member, and the log hears of it", async () => {
  const { groups, member, find, defects } = await groupBench();
  const bug = new TypeError("x is undefined");
  const { action, errors } = await groups.ask(DONE, [member("a", () => Promise.reject(bug))], BY_TESTER);
  expect([errors, defects]).toEqual([[bug], [bug]]);
  expect(await find(action)).toMatchObject({ state: "FAILED", errorCode: "INTERNAL" });
});

test.each([
  ["and nothing was", false],
  ["though it was", true],
])("a catalog of which it is said for a while that it could not be written, %s, leaves none of them waiting", async (_, isWritten) => {
  const { bench, member, job, find, children, end } = await groupBench();
  const out = new EngineError("CATALOG_FAILED", "The disk is full.");
  let failures = 0;
  const { objects, journal } = bench.catalog;
  const transact: Catalog["transact"] = async (work) => {
    const isOut = failures-- > 0;
    if (isOut && !isWritten) throw out;
    const result = await bench.catalog.transact(work);
    if (isOut) throw out;
    return result;
  };
  const catalog = { objects, journal, sharedClock: undefined, transact, close: () => Promise.resolve() };
  const groups = new ActionGroups({ ...partsOf(bench), catalog });
  const full = member("full", () => {
    failures = 3;
    return Promise.reject(out);
  });
  const { action, errors } = await groups.ask(DONE, [job("a"), full], BY_TESTER);
  expect(errors).toEqual([out]);
  expect(await find(action)).toMatchObject({ state: "RUNNING" });
  expect((await children(action)).map(({ title }) => title)).toEqual(["Do waits", "Do full"]);
  await end();
  expect(await find(action)).toMatchObject({ state: "FAILED", errorCode: "CATALOG_FAILED" });
});

test("a catalog that is not written again is told to who asks in the end", async () => {
  const { bench, member } = await groupBench();
  const out = new EngineError("CATALOG_FAILED", "The disk is full.");
  let isOut = false;
  const { objects, journal } = bench.catalog;
  const transact: Catalog["transact"] = (work) => (isOut ? Promise.reject(out) : bench.catalog.transact(work));
  const catalog = { objects, journal, sharedClock: undefined, transact, close: () => Promise.resolve() };
  const full = member("full", () => {
    isOut = true;
    return Promise.reject(out);
  });
  const startMs = bench.clock.monotonicMs();
  await expect(new ActionGroups({ ...partsOf(bench), catalog }).ask(DONE, [full], BY_TESTER)).rejects.toBe(out);
  expect(bench.clock.monotonicMs() - startMs).toBeGreaterThanOrEqual(30_000);
});
