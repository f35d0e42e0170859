import type { Job } from "@opendvp/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Jobs } from "../../src/jobs/jobs.ts";
import { WorkflowRegistry } from "../../src/jobs/workflow-registry.ts";
import { BY_TESTER, JobBench, type Process } from "../bench/job-bench.ts";
import { Latch } from "../bench/latch.ts";
import { anyWorkflow, buildWorkflow, type BuiltWorkflow, type RandomWorkflow } from "../bench/random-workflow.ts";

const RUNS = 150;

/** Lets processes die at their moment, one after the other, and the last one live. Resolves with the job as it ended, if it came to be. */
async function live(bench: JobBench, random: RandomWorkflow, built: BuiltWorkflow): Promise<Job | undefined> {
  bench.registry = new WorkflowRegistry();
  const asked = bench.knows("any", built.items);
  const before = await bench.catalog.journal.countJobs();
  const newest = async (): Promise<Job | undefined> => (await bench.catalog.journal.listJobs({ offset: before }))[0];
  for (const [index, life] of [...random.lives, Infinity].entries()) {
    const isFirst = index === 0;
    const death = new Latch();
    let jobs: Jobs | undefined;
    let moments = 0;
    const moment = async (): Promise<void> => {
      if (moments++ >= life) {
        death.open();
        await new Promise<never>(() => undefined);
      }
      const job = isFirst && moments === random.cancelAt ? await newest() : undefined;
      // A refusal is an answer too.
      if (job !== undefined) await jobs?.cancel(job.reference, BY_TESTER.by).catch(() => undefined);
    };
    const tell = (told: Jobs): void => {
      jobs = told;
    };
    const whole = async (): Promise<Job | undefined> => {
      const process = await bench.start(tell, moment);
      if (isFirst) await bench.submit(process, asked);
      const job = await newest();
      return job === undefined ? undefined : finished(process, job, built);
    };
    const ended = await Promise.race([whole(), death.opened.then(() => "DEAD" as const)]);
    if (ended !== "DEAD") return ended;
  }
  throw new Error("The last process does not die.");
}

/** What an undo or a step could not do is tried until it can: nothing goes wrong for ever. */
async function finished(process: Process, job: Job, built: BuiltWorkflow): Promise<Job> {
  const ended = await process.ended(job.reference);
  if (!ended.isUnfinished) return ended;
  built.heal();
  await process.jobs.finish(job.reference);
  return process.ended(job.reference);
}

async function check(bench: JobBench, job: Job | undefined, built: BuiltWorkflow): Promise<void> {
  const { things, story } = bench.outside;
  expect([...(await bench.recorded())].sort()).toEqual([...things].sort());
  expect(await bench.catalog.journal.locks()).toEqual([]);
  expect(bench.defects).toEqual([]);
  expect(story.filter((line) => line.startsWith("not alone"))).toEqual([]);
  if (job?.state !== "COMPLETED") {
    expect([...things]).toEqual([]);
    expect(await bench.faults()).toEqual([]);
    if (job === undefined) return;
  }
  expect(job).toMatchObject({ isUnfinished: false, owner: null });
  expect((await bench.steps(job.reference)).filter(({ state }) => state === "INTENDED" || state === "UNDOING")).toEqual([]);
  if (job.state !== "COMPLETED") return;
  const given = built.late.filter((part) => part.isAttempt && part.things.some((thing) => !things.has(thing)));
  const kept = [...built.early, ...built.late.filter((part) => !given.includes(part)).flatMap((part) => part.things)];
  expect([...things].sort()).toEqual(kept.sort());
  expect(await bench.faults()).toEqual(given.length > 0 || job.warningCount > 0 ? ["ATTEMPT_FAILED"] : []);
}

test("whatever the workflow, whatever fails, whenever the engine is cut off: all that a job makes is there in the end, or nothing", async () => {
  const ends = new Map<string, number>();
  let bench: JobBench | undefined;
  const property = fc.asyncProperty(anyWorkflow, async (random) => {
    const here = (bench ??= await JobBench.open());
    // A bench on which something went wrong is not used again.
    bench = undefined;
    await here.clear();
    const built = buildWorkflow(random, here.outside);
    const job = await live(here, random, built);
    await check(here, job, built);
    const end = job?.state ?? "NEVER_BEGUN";
    ends.set(end, (ends.get(end) ?? 0) + 1);
    bench = here;
  });
  await fc.assert(property, { numRuns: RUNS });
  // Each end has come about often enough to have been looked at.
  for (const end of ["COMPLETED", "FAILED", "CANCELED"]) expect(ends.get(end) ?? 0, JSON.stringify([...ends])).toBeGreaterThan(2);
}, 120_000);
