import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { exclusive, shared, type LockRequest } from "../../src/jobs/locks.ts";
import { pointOfNoReturn, type Workflow } from "../../src/jobs/workflow.ts";
import type { Ask, Started } from "../../src/use-cases/asking.ts";
import { BY_TESTER, JobBench, TARGET, type Process } from "../bench/job-bench.ts";
import { lasting } from "../bench/lasting.ts";
import { Latch } from "../bench/latch.ts";
import { says, type ToyFacts } from "../bench/toy-steps.ts";

const LOCKS: readonly LockRequest[] = [exclusive(TARGET), exclusive("NAME:toy"), shared("E-1")];

/** A workflow that fails, and cannot be undone as long as it is broken. */
function breaks(bench: JobBench, isBroken: () => boolean): Workflow<ToyFacts> {
  const undo = () => (isBroken() ? Promise.reject(new EngineError("MOUNT_BUSY", "busy")) : Promise.resolve(undefined));
  const run = () => Promise.reject(new EngineError("HOOK_FAILED", "no luck"));
  return bench.knows("breaks", [says(bench.outside, "one", { undo }), says(bench.outside, "two", { run })]);
}

type Asking = (ask?: Partial<Ask>) => Promise<Started>;

/** A process in which users can ask for a workflow. */
async function asking(bench: JobBench, asked: Workflow<ToyFacts>): Promise<Process & { readonly ask: Asking }> {
  let ask: Asking = () => Promise.reject(new Error("Nobody asks."));
  const process = await bench.start((jobs) => {
    const taken = jobs.takes("toy.change", () =>
      Promise.resolve(bench.request(asked, { locks: [exclusive(TARGET), exclusive("NAME:toy")] })),
    );
    ask = (how) => taken({}, { ...BY_TESTER, ...how });
  });
  return { ...process, ask };
}

async function heldBy(bench: JobBench, job: string): Promise<readonly string[]> {
  const held = (await bench.catalog.journal.locks()).filter((lock) => lock.job === job && lock.isHeld);
  return held.map(({ object, mode }) => `${mode} ${object}`).sort();
}

test("an unfinished job lets go of its locks, and takes all of them again before it is finished", async () => {
  const bench = await JobBench.open();
  let isBroken = true;
  const process = await bench.start();
  const { reference } = await bench.run(
    process,
    breaks(bench, () => isBroken),
    { locks: LOCKS },
  );
  expect(await heldBy(bench, reference)).toEqual([]);
  let held: readonly string[] = [];
  bench.gate = async () => {
    held = await heldBy(bench, reference);
  };
  isBroken = false;
  expect(await process.jobs.finish(reference)).toBe(true);
  expect(await process.ended(reference)).toMatchObject({ isUnfinished: false, locksToFinish: [] });
  expect(held).toEqual(["EXCLUSIVE APPDATA_CONTAINER-77", "EXCLUSIVE NAME:toy", "SHARED E-1"]);
  expect(await bench.catalog.journal.locks()).toEqual([]);
});

test("it is not finished while one of them is held, whichever, and takes none of the others then", async () => {
  const bench = await JobBench.open();
  const process = await bench.start();
  const { reference } = await bench.run(
    process,
    breaks(bench, () => true),
    { locks: LOCKS },
  );
  const slow = lasting("hold");
  const holder = await bench.submit(process, bench.knows("holder", [slow.step]), { locks: [exclusive("E-1")] });
  expect(await process.jobs.finish(reference)).toBe(false);
  expect(await heldBy(bench, reference)).toEqual([]);
  expect((await bench.job(reference)).isUnfinished).toBe(true);
  slow.goOn();
  await process.ended(holder.job);
  expect(await process.jobs.finish(reference)).toBe(true);
  await process.ended(reference);
});

test("one whose locks are held when the engine starts is finished once they are free, before what waits for them", async () => {
  const bench = await JobBench.open();
  let isBroken = true;
  const former = await bench.start();
  const { reference } = await bench.run(
    former,
    breaks(bench, () => isBroken),
    { locks: LOCKS },
  );
  const locks = [exclusive("E-1")];
  const crashed = bench.crashAt(() => true);
  await bench.submit(former, bench.knows("holder", [pointOfNoReturn, says(bench.outside, "held")]), { locks });
  await crashed;
  isBroken = false;
  const held = new Latch();
  const order: string[] = [];
  bench.gate = async ({ workflow, direction, moment }) => {
    if (moment === "BEFORE") order.push(`${workflow} ${direction}`);
    if (workflow === "holder") await held.opened;
  };
  const process = await bench.start();
  const waiting = await bench.submit(process, bench.knows("waits", [says(bench.outside, "waited")]), { locks, isQueued: true });
  expect(await process.jobs.finish(reference)).toBe(false);
  held.open();
  await process.ended(waiting.job);
  expect(await bench.job(reference)).toMatchObject({ isUnfinished: false });
  expect(order).toEqual(["holder RUN", "breaks UNDO", "waits RUN"]);
});

test("nobody changes what a job has left half done, until that is finished", async () => {
  const bench = await JobBench.open();
  let isBroken = true;
  const change = bench.knows("change", [says(bench.outside, "change")]);
  const process = await asking(bench, change);
  const { reference } = await bench.run(
    process,
    breaks(bench, () => isBroken),
  );
  await expect(process.ask()).rejects.toMatchObject({
    code: "STATE_UNSUITABLE",
    message: expect.stringContaining(reference),
    action: expect.stringContaining("Or delete toy."),
    details: { job: reference, object: TARGET, fault: "FAULT-1" },
  });
  // The engine brings it where it is wanted all the same.
  expect(await bench.run(process, change)).toMatchObject({ state: "COMPLETED" });
  isBroken = false;
  await process.jobs.finish(reference);
  await process.ended(reference);
  expect(await process.ended((await process.ask()).job)).toMatchObject({ state: "COMPLETED" });
});

test("nor does one that waited for the job that leaves it half done", async () => {
  const bench = await JobBench.open();
  const process = await asking(bench, bench.knows("change", [says(bench.outside, "change")]));
  const held = new Latch();
  bench.gate = ({ workflow }) => (workflow === "breaks" ? held.opened : Promise.resolve());
  const leaving = await bench.submit(
    process,
    breaks(bench, () => true),
  );
  const { job } = await process.ask({ isQueued: true });
  held.open();
  await process.ended(leaving.job);
  expect(await process.ended(job)).toMatchObject({ state: "FAILED", error: { code: "STATE_UNSUITABLE", details: { job: leaving.job } } });
});

test("a deletion may, and what was left to be done ends with its object: no start tries it again", async () => {
  const bench = await JobBench.open();
  const run = () => Promise.resolve({ changes: [{ collection: "datasets", remove: TARGET } as const] });
  const forget = says(bench.outside, "forget", { run });
  const process = await asking(bench, bench.knows("delete", [pointOfNoReturn, forget], { forgetsTarget: true }));
  const left = await bench.run(
    process,
    breaks(bench, () => true),
  );
  expect(await bench.faults()).toEqual(["UNDO_FAILED"]);
  const deletion = await process.ask();
  expect(await process.ended(deletion.job)).toMatchObject({ state: "COMPLETED" });
  expect(await bench.job(left.reference)).toMatchObject({
    state: "FAILED",
    isUnfinished: false,
    locksToFinish: [],
    error: { code: "HOOK_FAILED" },
  });
  expect((await bench.events(left.reference)).at(-1)).toMatchObject({
    code: "TARGET_GONE",
    message: expect.stringContaining(deletion.job),
  });
  expect(await bench.faults()).toEqual([]);
  let undone = 0;
  bench.gate = ({ workflow }) => {
    if (workflow === "breaks") undone += 1;
    return Promise.resolve();
  };
  await bench.start();
  expect([await bench.catalog.journal.countJobs({ isUnfinished: true }), undone]).toEqual([0, 0]);
});
