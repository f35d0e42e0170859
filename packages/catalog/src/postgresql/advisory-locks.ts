import { sql } from "kysely";
import type { SqlDatabase } from "../sql/sql-database.ts";

/** Advisory locks belong to a database; others may use some there too. "DVPC" in ASCII. */
const SPACE = 0x44565043;

const MIGRATIONS = 1;
const TRANSACTIONS = 2;

/** Runs work, on one connection, while no other engine process migrates the same database. */
export async function whileAloneMigrating(connection: SqlDatabase, work: () => Promise<void>): Promise<void> {
  await sql`select pg_advisory_lock(${sql.lit(SPACE)}, ${sql.lit(MIGRATIONS)})`.execute(connection);
  try {
    await work();
  } finally {
    await sql`select pg_advisory_unlock(${sql.lit(SPACE)}, ${sql.lit(MIGRATIONS)})`.execute(connection);
  }
}

/** Waits until no other transaction of a catalog is under way, and keeps others waiting until this one ends. Returns its number. */
export async function waitForTurn(transaction: SqlDatabase): Promise<string> {
  const { rows } = await sql<{ readonly number: string }>`
    select pg_advisory_xact_lock(${sql.lit(SPACE)}, ${sql.lit(TRANSACTIONS)}), pg_current_xact_id()::text as number`.execute(transaction);
  return rows[0]?.number ?? "";
}
