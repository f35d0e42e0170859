import { open, type FileHandle } from "node:fs/promises";
import { EngineError } from "@opendvp/model";

/** What of a file makes it durable; a `FileHandle` has both. */
export type SyncedFile = Pick<FileHandle, "datasync" | "close">;

/**
 * The write-ahead log of a database whose commits do not wait for the disk themselves (`synchronous = NORMAL`). Whoever
 * must know that a commit is on disk calls `makeDurable` after it: all that wait at the same time share one sync, which
 * runs beside the engine's own thread. A later commit lies behind an earlier one in the log, so it is never there alone.
 */
export class WriteAheadLog {
  readonly #file: SyncedFile;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: EngineError | undefined;
  #isClosed = false;

  constructor(file: SyncedFile) {
    this.#file = file;
  }

  /** @param database the path of the database, which is open: its log keeps its file for as long as that is so */
  static async of(database: string): Promise<WriteAheadLog> {
    return new WriteAheadLog(await open(`${database}-wal`, "r"));
  }

  /**
   * Resolves when all that was committed before the call is on disk.
   * @throws EngineError `CATALOG_FAILED`, from the first failure on always: what a disk did not take once, it may have lost.
   */
  async makeDurable(): Promise<void> {
    // A sync under way may have begun before the commit was written.
    this.#next ??= (this.#running ?? Promise.resolve()).then(() => this.#sync());
    await this.#next;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** For when the database is closed, which has taken the log's content over. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (this.#next ?? this.#running);
    await this.#file.close();
  }

  async #sync(): Promise<void> {
    this.#running = this.#next;
    this.#next = undefined;
    if (this.#isClosed || this.#failure !== undefined) return;
    try {
      await this.#file.datasync();
    } catch (error) {
      this.#failure = new EngineError("CATALOG_FAILED", "The disk under the data directory did not take what the catalog has written.", {
        action: "Check the disk under the data directory, then start the engine again.",
        cause: error,
      });
    }
  }
}
