import type { SqlDatabase } from "../sql/sql-database.ts";

/** A transaction of a database that has begun. */
export interface StoreTransaction {
  /** A handle that is bound to it. */
  readonly database: SqlDatabase;
  /** Resolves once it is on disk. */
  commit(): Promise<void>;
  /** A database that failed may have rolled back by itself: nothing is told about that. */
  rollBack(): Promise<void>;
}
