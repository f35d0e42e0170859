import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import Database from "better-sqlite3";
import { Kysely, sql } from "kysely";
import { explainFailure } from "../failures/explain-failure.ts";
import { migrate } from "../migrations/migrate.ts";
import { SqlCatalog } from "../sql/sql-catalog.ts";
import type { SqlTables } from "../sql/sql-database.ts";
import { beginSqliteTransaction } from "./begin-sqlite-transaction.ts";
import { CatalogSqliteDialect } from "./catalog-sqlite-dialect.ts";
import { checkWhole } from "./check-whole.ts";
import { classifySqliteFailure } from "./classify-sqlite-failure.ts";
import { holdDataDirectory, type DataDirectoryLock } from "../holding/data-directory-lock.ts";
import { findDangling } from "./find-dangling.ts";
import { withStatementCache } from "./statement-cache.ts";
import { WriteAheadLog } from "./write-ahead-log.ts";

const CATALOG_FILE = "catalog.sqlite";
const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the catalog of a data directory, makes both where they are not there, and holds the directory until it is closed.
 * @throws EngineError `ENGINE_ALREADY_RUNNING`, `ENGINE_TOO_OLD`, `CATALOG_FAILED`
 */
export async function openSqliteCatalog(dataDirectory: string): Promise<Catalog> {
  const file = join(dataDirectory, CATALOG_FILE);
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    const hold = holdDataDirectory(dataDirectory);
    return await openHeld(file, hold).catch((error: unknown) => {
      hold.release();
      throw error;
    });
  } catch (error) {
    throw inFile(explainFailure(error, classifySqliteFailure), file);
  }
}

async function openHeld(file: string, hold: DataDirectoryLock): Promise<Catalog> {
  makePrivate(file);
  const writer = connect(file, ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"]);
  try {
    await checkWhole(writer, file);
    await migrate(writer, { storeName: file });
    const reader = connect(file, ["query_only = ON"]);
    const log = await WriteAheadLog.of(file);
    await sql`pragma synchronous = NORMAL`.execute(writer);
    return new SqlCatalog({
      begin: () => beginSqliteTransaction(writer),
      makeDurable: () => log.makeDurable(),
      reader,
      isOurs: true,
      sharedClock: undefined,
      classify: classifySqliteFailure,
      findDangling,
      close: async () => {
        // The last connection to go folds the write-ahead log into the file; the reader may not write.
        await reader.destroy();
        await writer.destroy();
        await log.close();
        hold.release();
      },
    });
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

function connect(file: string, pragmas: readonly string[]): Kysely<SqlTables> {
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    for (const pragma of pragmas) database.pragma(pragma);
  } catch (error) {
    database.close();
    throw error;
  }
  return new Kysely<SqlTables>({ dialect: new CatalogSqliteDialect({ database: withStatementCache(database) }) });
}

/** Made before SQLite makes it, so that it never is readable by others; its log files take over the mode. */
function makePrivate(file: string): void {
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}

/** Says which file a failure is about. */
function inFile(error: unknown, file: string): unknown {
  if (error instanceof EngineError) return error.code === "CATALOG_FAILED" ? failed(error.message.replace(/\.$/, ""), file, error) : error;
  if (error instanceof Error && "syscall" in error) return failed(`The catalog cannot be opened: ${error.message}`, file, error);
  return error;
}

function failed(problem: string, file: string, cause: Error): EngineError {
  return new EngineError("CATALOG_FAILED", `${problem}: ${file}.`, {
    action: cause instanceof EngineError ? cause.action : "Check that the engine's user may make and write the data directory.",
    details: { file },
    cause,
  });
}
