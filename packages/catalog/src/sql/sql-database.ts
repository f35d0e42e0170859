import type { Kysely } from "kysely";
import type { SqlValue } from "../tables/column.ts";

/** Tables and columns are named by the `Table` declarations at run time, so kysely's own types know only what a value can be. */
export type SqlTables = Record<string, Record<string, SqlValue>>;

export type SqlDatabase = Kysely<SqlTables>;
