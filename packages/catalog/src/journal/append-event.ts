import type { JobEvent } from "@opendvp/core";
import type { SqlDatabase } from "../sql/sql-database.ts";
import type { SqlValue } from "../tables/column.ts";
import { jobEvents } from "../tables/job-events.ts";

/** Adds an event behind the last one of its job. Transactions are serialisable, so no other can take its number. */
export async function appendEvent(database: SqlDatabase, event: Omit<JobEvent, "serial">): Promise<JobEvent> {
  const last = await database
    .selectFrom(jobEvents.name)
    .select((builder) => builder.fn.max<SqlValue>("serial").as("serial"))
    .where("job", "=", event.job)
    .executeTakeFirstOrThrow();
  const numbered = { ...event, serial: Number(last.serial ?? 0) + 1 };
  await database.insertInto(jobEvents.name).values(jobEvents.encode(numbered)).execute();
  return numbered;
}
