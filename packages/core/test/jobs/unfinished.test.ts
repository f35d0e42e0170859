import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { exclusive, shared, type LockRequest } from "../../src/jobs/locks.ts";
import { pointOfNoReturn, type Workflow } from "../../src/jobs/workflow.ts";
import { JobBench, TARGET } from "../bench/job-bench.ts";
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
