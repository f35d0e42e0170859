import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { attempt, pointOfNoReturn, type Step } from "../../src/jobs/workflow.ts";
import { BY_TESTER, JobBench } from "../bench/job-bench.ts";
import { lasting } from "../bench/lasting.ts";
import { AWAY, FULL, RefusingCatalog } from "../bench/refusing-catalog.ts";
import { temporaryCatalog } from "../bench/temporary-catalog.ts";
import { makes, says, type ToyFacts } from "../bench/toy-steps.ts";

const MANY = 25;

async function refusingBench(): Promise<{ readonly catalog: RefusingCatalog; readonly bench: JobBench }> {
  const catalog = new RefusingCatalog(await temporaryCatalog());
  return { catalog, bench: JobBench.on(catalog, "process") };
}

/** A step after which the catalog cannot be written. */
function before(name: string, bench: JobBench, outage: () => void): Step<ToyFacts> {
  const run = (): Promise<undefined> => {
    outage();
    bench.outside.story.push(name);
    return Promise.resolve(undefined);
  };
  return says(bench.outside, name, { run });
}

test.each([FULL, AWAY])("a job waits while its outcome cannot be written, and goes on as if nothing had been ($code)", async (error) => {
  const { catalog, bench } = await refusingBench();
  const outage = () => catalog.refuse(MANY, error);
  const asked = bench.knows("build", [
    makes(bench.outside, "one"),
    before("two", bench, outage),
    pointOfNoReturn,
    before("three", bench, outage),
    attempt("sync", "SYNC_FAILED", [makes(bench.outside, "four"), before("five", bench, outage)]),
    before("last", bench, outage),
  ]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "COMPLETED", isUnfinished: false, warningCount: 0, error: null, owner: null });
  expect(bench.outside.story.filter((line) => !line.startsWith("make"))).toEqual(["two", "three", "five", "last"]);
  expect(bench.outside.things).toEqual(new Set(await bench.recorded()));
  const told = { level: "INFO", code: error.code, message: expect.stringContaining("could not be written for a while") };
  expect(await bench.events(job.reference)).toMatchObject([told, told, told, told]);
  expect([await bench.faults(), await bench.catalog.journal.locks(), bench.defects]).toEqual([[], [], []]);
  expect(bench.outages).toHaveLength(4);
});

test("a job that turns back waits likewise, in each undo and at its end", async () => {
  const { catalog, bench } = await refusingBench();
  const outage = () => catalog.refuse(MANY);
  const undo = (): Promise<undefined> => {
    outage();
    return Promise.resolve(undefined);
  };
  const run = (): Promise<never> => {
    outage();
    return Promise.reject(new EngineError("HOOK_FAILED", "no luck"));
  };
  const steps = [says(bench.outside, "one", { undo }), makes(bench.outside, "two"), says(bench.outside, "three", { run, undo })];
  const asked = bench.knows("build", steps, { whenUndone: () => Promise.resolve(outage()).then(() => ({})) });
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "FAILED", isUnfinished: false, error: { code: "HOOK_FAILED" } });
  expect(await bench.states(job.reference)).toEqual(["one UNDONE", "two UNDONE", "three UNDONE"]);
  expect([[...bench.outside.things], await bench.recorded(), await bench.faults(), bench.defects]).toEqual([[], [], [], []]);
  expect(await bench.catalog.journal.locks()).toEqual([]);
});

test("what was written before its answer was lost is not written twice", async () => {
  const { catalog, bench } = await refusingBench();
  const lose = () => catalog.loseAnswer();
  const making = makes(bench.outside, "one", {
    run: ({ own }) => {
      lose();
      const pool = { reference: own.pool, name: own.thing, driver: "toy", location: "/", createdAt: "2026-01-02T03:04:05.678Z" };
      return Promise.resolve({ changes: [{ collection: "pools", insert: pool }] });
    },
  });
  const asked = bench.knows("build", [making, before("two", bench, lose), pointOfNoReturn, before("last", bench, lose)]);
  const job = await bench.run(await bench.start(), asked);
  expect(job).toMatchObject({ state: "COMPLETED", warningCount: 0 });
  expect(await bench.recorded()).toHaveLength(1);
  expect(bench.outside.story).toEqual(["two", "last"]);
  expect(bench.defects).toEqual([]);
});

test("an engine that stops meanwhile leaves the job to the next start", async () => {
  const { catalog, bench } = await refusingBench();
  let lasts = Infinity;
  const asked = bench.knows("build", [pointOfNoReturn, before("one", bench, () => catalog.refuse(lasts))]);
  const process = await bench.start();
  const { job } = await bench.submit(process, asked);
  await expect.poll(() => bench.outages).toHaveLength(1);
  await process.jobs.close(0);
  expect(await bench.job(job)).toMatchObject({ state: "RUNNING" });
  lasts = 0;
  catalog.refuse(0);
  expect(await (await bench.start()).ended(job)).toMatchObject({ state: "COMPLETED" });
  expect(bench.defects).toEqual([]);
});

test("a job that waits for its turn goes on waiting while that cannot be written, and has it afterwards", async () => {
  const { bench } = await refusingBench();
  const process = await bench.start();
  const slow = lasting("hold");
  const next = bench.knows("next", [says(bench.outside, "next")]);
  await bench.submit(process, bench.knows("holder", [slow.step]));
  const { job } = await bench.submit(process, next, { isQueued: true });
  const draft = bench.request(next).draft;
  let asked = 0;
  const refusing = await process.jobs.submit(
    {
      ...bench.request(next),
      draft: (choose) => {
        asked += 1;
        if (asked === 2) throw AWAY;
        return draft(choose);
      },
    },
    { ...BY_TESTER, isQueued: true },
  );
  slow.goOn();
  for (const waiting of [job, refusing.job]) expect(await process.ended(waiting)).toMatchObject({ state: "COMPLETED" });
  expect(asked).toBe(3);
  expect(bench.outside.story).toEqual(["next", "next"]);
});
