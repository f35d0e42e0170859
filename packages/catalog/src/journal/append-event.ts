import type { JobEvent } from "@opendvp/core";
import { insertRow } from "../changes/insert-row.ts";
import { runStatement } from "../sql/run-statement.ts";
import type { SqlDatabase } from "../sql/sql-database.ts";
import type { SqlValue } from "../tables/column.ts";
import { jobEvents } from "../tables/job-events.ts";

/** Adds an event behind the last one of its job. Transactions are serialisable, so no other can take its number. */
export async function appendEvent(database: SqlDatabase, event: Omit<JobEvent, "serial">): Promise<JobEvent> {
  const last = await runStatement(database, {
    shape: "last event of a job",
    values: [event.job],
    build: () =>
      database
        .selectFrom(jobEvents.name)
        .select((builder) => builder.fn.max<SqlValue>("serial").as("serial"))
        .where("job", "=", event.job),
  });
  const numbered = { ...event, serial: Number(last.rows[0]?.["serial"] ?? 0) + 1 };
  await insertRow(database, jobEvents, numbered);
  return numbered;
}
