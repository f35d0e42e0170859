import { formatReference, type Kind, type Reference } from "@opendvp/model";
import { runStatement } from "../sql/run-statement.ts";
import type { SqlDatabase } from "../sql/sql-database.ts";

/** Counts a kind's references up. The counter is a row of its own, so a number stays used when its object is removed. */
export async function nextReference<K extends Kind>(database: SqlDatabase, kind: K): Promise<Reference<K>> {
  const build = () =>
    database
      .insertInto("counters")
      .values({ kind, last: 1 })
      .onConflict((conflict) => conflict.column("kind").doUpdateSet((builder) => ({ last: builder("counters.last", "+", 1) })))
      .returning("last");
  const { rows } = await runStatement(database, { shape: "count a reference", values: [kind, 1, 1], build });
  return formatReference(kind, Number(rows[0]?.["last"]));
}
