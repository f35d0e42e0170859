import { formatReference, type Kind, type Reference } from "@opendvp/model";
import type { SqlDatabase } from "../sql/sql-database.ts";

/** Counts a kind's references up. The counter is a row of its own, so a number stays used when its object is removed. */
export async function nextReference<K extends Kind>(database: SqlDatabase, kind: K): Promise<Reference<K>> {
  const counted = await database
    .insertInto("counters")
    .values({ kind, last: 1 })
    .onConflict((conflict) => conflict.column("kind").doUpdateSet((builder) => ({ last: builder("counters.last", "+", 1) })))
    .returning("last")
    .executeTakeFirstOrThrow();
  return formatReference(kind, Number(counted["last"]));
}
