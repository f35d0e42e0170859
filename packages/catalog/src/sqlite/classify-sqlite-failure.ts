import { SqliteError } from "better-sqlite3";
import type { StoreFailure } from "../failures/store-failure.ts";

const RESTORE = "Stop the engine and restore the catalog from a backup, or check the disk under the data directory.";

/** By the beginning of SQLite's extended result codes. */
const BROKEN: readonly (readonly [prefix: string, reason: string, action: string])[] = [
  [
    "SQLITE_FULL",
    "cannot be written: the disk under the data directory is full",
    "Free space under the data directory and repeat the request.",
  ],
  ["SQLITE_CORRUPT", "is damaged", RESTORE],
  ["SQLITE_NOTADB", "is damaged: its file is not a database", RESTORE],
  ["SQLITE_IOERR", "cannot be read or written: the disk under the data directory reports errors", RESTORE],
  ["SQLITE_CANTOPEN", "cannot be opened", "Check that the data directory exists and that the engine's user may write there."],
  [
    "SQLITE_READONLY",
    "cannot be written",
    "Check that the engine's user may write in the data directory and that its disk is not read-only.",
  ],
  ["SQLITE_BUSY", "is held by another program", "End the program that has the catalog's file open; only the engine may use it."],
];

export function classifySqliteFailure(error: unknown): StoreFailure | undefined {
  if (!(error instanceof SqliteError)) return undefined;
  if (error.code === "SQLITE_CONSTRAINT_UNIQUE" || error.code === "SQLITE_CONSTRAINT_PRIMARYKEY") {
    return { kind: "DUPLICATE", columns: columnsIn(error.message) };
  }
  if (error.code === "SQLITE_CONSTRAINT_FOREIGNKEY") return { kind: "DANGLING" };
  const known = BROKEN.find(([prefix]) => error.code.startsWith(prefix));
  if (known !== undefined) return { kind: "BROKEN", reason: `${known[1]} (${error.code})`, action: known[2] };
  const reason = `refused a statement (${error.code}: ${error.message})`;
  return { kind: "REFUSED", code: "INTERNAL", reason, action: "This is a defect of the engine: report it with its log." };
}

/** SQLite says it so: `UNIQUE constraint failed: repositories.environment, repositories.plugin`. */
function columnsIn(message: string): readonly string[] {
  const list = message.slice(message.indexOf(":") + 1).trim();
  return list.split(", ").map((column) => column.slice(column.indexOf(".") + 1));
}
