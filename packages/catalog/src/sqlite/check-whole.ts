import { statSync } from "node:fs";
import { EngineError } from "@opendvp/model";
import { sql } from "kysely";
import type { SqlDatabase } from "../sql/sql-database.ts";

/** A check takes about 2 ms a MiB; a start must not wait long for it. */
const LARGEST_CHECKED_BYTES = 256 * 1024 * 1024;

/** Looks at every page of the file, so that damage is found now and not in the middle of a job. @throws EngineError `CATALOG_FAILED` */
export async function checkWhole(database: SqlDatabase, file: string): Promise<void> {
  if (statSync(file).size > LARGEST_CHECKED_BYTES) return;
  const checked = await sql<{ readonly quick_check: string }>`pragma quick_check(1)`.execute(database);
  const answer = checked.rows[0]?.quick_check;
  if (answer === "ok") return;
  throw new EngineError("CATALOG_FAILED", `The catalog is damaged (${answer ?? "no answer"}).`, {
    action: "Stop the engine and restore the catalog from a backup, or check the disk under the data directory.",
  });
}
