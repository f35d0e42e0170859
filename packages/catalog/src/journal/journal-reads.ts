import type { JobJournal } from "@opendvp/core";
import { matching } from "../queries/matching.ts";
import { countMatching } from "../queries/count.ts";
import { selectPage } from "../queries/select-page.ts";
import { runStatement } from "../sql/run-statement.ts";
import type { SqlDatabase } from "../sql/sql-database.ts";
import { engineProcesses } from "../tables/engine-processes.ts";
import { jobEvents } from "../tables/job-events.ts";
import { jobSteps } from "../tables/job-steps.ts";
import { jobs } from "../tables/jobs.ts";
import { locks } from "../tables/locks.ts";
import { SERIAL, type Row, type Table } from "../tables/table.ts";
import { findByReference } from "../objects/object-reads.ts";
import type { Gate } from "../transactions/gate.ts";

/** The journal of jobs as it is seen through one database handle. */
export function journalReads(database: SqlDatabase, gate: Gate): JobJournal {
  const rowsOf = <T>(table: Table<T>) => database.selectFrom(table.name).select(table.columns.map(({ name }) => `${table.name}.${name}`));
  return {
    findJob: (reference) => gate(() => findByReference(database, jobs, reference)),
    listJobs: (page) => gate(() => selectPage(database, jobs, page)),
    countJobs: (where) => gate(() => countMatching(database, jobs, where)),
    openJobs: (states) =>
      gate(async () => {
        const inState = matching(jobs, { state: states });
        const isUnfinished = matching(jobs, { isUnfinished: true });
        const open = rowsOf(jobs).where((builder) => builder.or([inState(builder), isUnfinished(builder)]));
        return decodeAll(jobs, await open.orderBy(SERIAL).execute());
      }),
    steps: (job) =>
      gate(async () => {
        const ordered = rowsOf(jobSteps).where("job", "=", job).orderBy("position").orderBy("ordinal").orderBy("key");
        return decodeAll(jobSteps, await ordered.execute());
      }),
    events: (job, after = 0) =>
      gate(async () => {
        const build = () => rowsOf(jobEvents).where("job", "=", job).where("serial", ">", after).orderBy("serial");
        return decodeAll(jobEvents, (await runStatement(database, { shape: "events of a job", values: [job, after], build })).rows);
      }),
    locks: () =>
      gate(async () => {
        const ordered = rowsOf(locks).innerJoin("jobs", "jobs.reference", "locks.job").orderBy("jobs.serial").orderBy("locks.object");
        return decodeAll(locks, await ordered.execute());
      }),
    engineProcesses: () =>
      gate(async () => decodeAll(engineProcesses, await rowsOf(engineProcesses).orderBy("started_at").orderBy("id").execute())),
  };
}

function decodeAll<T>(table: Table<T>, rows: readonly Row[]): readonly T[] {
  return rows.map((row) => table.decode(row));
}
