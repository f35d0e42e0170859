import { join } from "node:path";
import { EngineError } from "@opendvp/model";
import Database, { SqliteError } from "better-sqlite3";

const LOCK_FILE = "engine.lock";

export interface DataDirectoryLock {
  release(): void;
}

/**
 * Holds a data directory for this process alone. The hold is an exclusive transaction on an empty database of its own,
 * that is a lock of the kernel's: however the process ends, it is gone with it.
 * The lock file must not be opened by anything else in this process: closing it would let go of the lock.
 * @throws EngineError `ENGINE_ALREADY_RUNNING`
 */
export function holdDataDirectory(directory: string): DataDirectoryLock {
  const database = new Database(join(directory, LOCK_FILE), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof SqliteError && error.code.startsWith("SQLITE_BUSY")) throw alreadyRunning(directory, error);
    throw error;
  }
  return { release: () => database.close() };
}

function alreadyRunning(directory: string, cause: unknown): EngineError {
  return new EngineError("ENGINE_ALREADY_RUNNING", `Another engine is running on the data directory ${directory}.`, {
    action: "Use the engine that runs, stop it first (`dvp engine stop`), or give this one a data directory of its own.",
    details: { dataDirectory: directory },
    cause,
  });
}
