import type { ClassifyFailure } from "../failures/store-failure.ts";
import type { StoreTransaction } from "../transactions/store-transaction.ts";
import type { SqlDatabase } from "./sql-database.ts";

/** The database behind a catalog, opened and migrated. */
export interface CatalogStore {
  /** Begins a transaction that runs alone: no other one is under way beside it, of this process or of another. */
  begin(): Promise<StoreTransaction>;
  /** Resolves when all that was committed before is on disk. Absent where a commit itself waits for that. */
  makeDurable?(): Promise<void>;
  /** Reads outside of transactions run here: it never sees what is not committed. */
  readonly reader: SqlDatabase;
  /** Whether every change of the data is made by this process. */
  readonly isOurs: boolean;
  /** Repeats a read while the database is out of reach for a moment. Absent where that cannot be. */
  bridge?<T>(read: () => Promise<T>): Promise<T>;
  /** See `Catalog.sharedClock`. */
  readonly sharedClock: (() => Promise<Date>) | undefined;
  readonly classify: ClassifyFailure;
  /** What refers to nothing, in a transaction whose commit was refused for it. */
  findDangling?(transaction: SqlDatabase): Promise<string | undefined>;
  close(): Promise<void>;
}
