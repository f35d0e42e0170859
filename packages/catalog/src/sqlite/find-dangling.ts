import { sql } from "kysely";
import type { SqlDatabase } from "../sql/sql-database.ts";

interface Dangling {
  readonly table: string;
  readonly column: string;
  readonly parent: string;
}

/** The first reference that points at nothing, in the transaction whose commit was refused for it. */
export async function findDangling(database: SqlDatabase): Promise<string | undefined> {
  const found = await sql<Dangling>`
    select broken."table" as "table", key."from" as "column", broken.parent as parent
    from pragma_foreign_key_check as broken
    join pragma_foreign_key_list(broken."table") as key on key.id = broken.fkid
    limit 1`.execute(database);
  const first = found.rows[0];
  return first === undefined ? undefined : `${first.column} of ${first.table} refers to no row of ${first.parent}`;
}
