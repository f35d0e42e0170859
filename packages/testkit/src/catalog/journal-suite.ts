import type { Job, JobState, JobStep, Lock } from "@opendvp/core";
import { describe, expect, it } from "vitest";
import { useCatalog, type CatalogFixture } from "./catalog-fixture.ts";
import { EXAMPLES } from "./example-objects.ts";

const AT = "2026-03-04T05:06:07.000Z";
const { job } = EXAMPLES;

function jobNumbered(serial: number, set: Partial<Job> = {}): Job {
  return { ...job, reference: `JOB-${serial}`, ...set };
}

function step(position: number, set: Partial<JobStep> = {}): JobStep {
  return {
    job: job.reference,
    position,
    key: "",
    ordinal: 0,
    name: "x",
    state: "DONE",
    intent: {},
    result: {},
    startedAt: AT,
    endedAt: AT,
    ...set,
  };
}

/** Jobs, steps, events, locks, engine processes. */
export function journalSuite(createFixture: () => Promise<CatalogFixture>): void {
  describe("the journal", () => {
    const under = useCatalog(createFixture);

    it("lists and counts jobs as collections list objects", async () => {
      await under.catalog.transact(async (transaction) => {
        for (const serial of [10, 9]) await transaction.insertJob(jobNumbered(serial, { workflow: "refresh" }));
      });
      const { journal } = under.catalog;
      expect((await journal.listJobs({ descending: true, limit: 2 })).map(({ reference }) => reference)).toEqual(["JOB-10", "JOB-9"]);
      expect(await journal.countJobs({ workflow: "refresh" })).toBe(2);
      expect(await journal.findJob("JOB-99")).toBeUndefined();
    });

    it("finds open jobs by state, and the unfinished ones always", async () => {
      const states: readonly JobState[] = ["WAITING", "RUNNING", "COMPLETED", "FAILED"];
      await under.catalog.transact(async (transaction) => {
        for (const [index, state] of states.entries()) await transaction.insertJob(jobNumbered(12 - index, { state }));
        await transaction.insertJob(jobNumbered(2, { state: "FAILED", isUnfinished: true }));
      });
      const open = async (...wanted: readonly JobState[]) =>
        (await under.catalog.journal.openJobs(wanted)).map(({ reference }) => reference);
      expect(await open("WAITING", "RUNNING")).toEqual(["JOB-2", "JOB-11", "JOB-12"]);
      expect(await open()).toEqual(["JOB-2"]);
    });

    it("refuses a job of an action that is not there, and a change to a job that is not there", async () => {
      const orphan = jobNumbered(5, { action: "ACTION-9" });
      await expect(under.catalog.transact((transaction) => transaction.insertJob(orphan))).rejects.toMatchObject({ code: "NOT_FOUND" });
      const change = under.catalog.transact((transaction) => transaction.updateJob("JOB-9", { state: "FAILED" }));
      await expect(change).rejects.toMatchObject({ code: "NOT_FOUND", message: expect.stringContaining("JOB-9") });
    });

    it("keeps steps in the order of position and ordinal, each line once", async () => {
      await under.catalog.transact(async (transaction) => {
        await transaction.putStep(step(2, { key: "b", ordinal: 1 }));
        await transaction.putStep(step(2, { key: "a", ordinal: 2 }));
        await transaction.putStep(step(10));
        await transaction.putStep(step(1, { state: "INTENDED", result: null }));
        await transaction.putStep(step(1));
      });
      const steps = await under.catalog.journal.steps(job.reference);
      expect(steps.map(({ position, key }) => `${position}${key}`)).toEqual(["1", "2b", "2a", "10"]);
      expect(steps[0]?.state).toBe("DONE");
      expect(await under.catalog.journal.steps("JOB-9")).toEqual([]);
    });

    it("numbers the events of each job from 1", async () => {
      const given = await under.catalog.transact(async (transaction) => {
        await transaction.insertJob(jobNumbered(2));
        const append = (reference: Job["reference"], message: string) =>
          transaction.appendEvent({ job: reference, level: "INFO", code: "c", message, action: "", at: AT });
        return [await append("JOB-1", "a"), await append("JOB-2", "b"), await append("JOB-1", "c")];
      });
      expect(given.map(({ serial }) => serial)).toEqual([1, 1, 2]);
      expect((await under.catalog.journal.events("JOB-1")).map(({ message }) => message)).toEqual(["a", "c"]);
      expect((await under.catalog.journal.events("JOB-1", 1)).map(({ message }) => message)).toEqual(["c"]);
      expect(await under.catalog.journal.events("JOB-1", 2)).toEqual([]);
    });

    it("keeps the locks of each job in the order of the jobs, and lets go of all of one job's", async () => {
      const lock = (serial: number, object: string, set: Partial<Lock> = {}): Lock => ({
        object,
        job: `JOB-${serial}`,
        mode: "EXCLUSIVE",
        isHeld: true,
        ...set,
      });
      await under.catalog.transact(async (transaction) => {
        for (const serial of [10, 9]) await transaction.insertJob(jobNumbered(serial));
        await transaction.putLock(lock(10, "x", { isHeld: false }));
        await transaction.putLock(lock(9, "x", { mode: "SHARED" }));
        await transaction.putLock(lock(9, "NAME:dataset:a"));
        await transaction.putLock(lock(9, "x"));
      });
      expect(await under.catalog.journal.locks()).toEqual([lock(9, "NAME:dataset:a"), lock(9, "x"), lock(10, "x", { isHeld: false })]);
      await under.catalog.transact((transaction) => transaction.releaseLocks("JOB-9"));
      expect((await under.catalog.journal.locks()).map(({ job: holder }) => holder)).toEqual(["JOB-10"]);
    });

    it("renews and forgets engine processes", async () => {
      const put = (id: string, leaseUntil: string) =>
        under.catalog.transact((transaction) => transaction.putEngineProcess({ id, startedAt: AT, leaseUntil }));
      await put("a", AT);
      await put("a", "later");
      await put("b", AT);
      await under.catalog.transact((transaction) => transaction.removeEngineProcess("b"));
      await under.catalog.transact((transaction) => transaction.removeEngineProcess("b"));
      expect(await under.catalog.journal.engineProcesses()).toEqual([{ id: "a", startedAt: AT, leaseUntil: "later" }]);
    });
  });
}
