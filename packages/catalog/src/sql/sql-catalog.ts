import { AsyncLocalStorage } from "node:async_hooks";
import type { Catalog, CatalogReads, CatalogTransaction, JobJournal } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { ControlledTransaction } from "kysely";
import { Removals } from "../changes/removals.ts";
import { explainFailure } from "../failures/explain-failure.ts";
import type { ClassifyFailure } from "../failures/store-failure.ts";
import { journalReads } from "../journal/journal-reads.ts";
import { objectReads } from "../objects/object-reads.ts";
import type { Gate } from "../transactions/gate.ts";
import { SqlTransaction } from "../transactions/sql-transaction.ts";
import { TransactionGate } from "../transactions/transaction-gate.ts";
import { TransactionQueue } from "../transactions/transaction-queue.ts";
import type { SqlDatabase, SqlTables } from "./sql-database.ts";

/** The database behind a catalog, opened and migrated. */
export interface CatalogStore {
  /** Transactions run here, one at a time. */
  readonly writer: SqlDatabase;
  /** Reads outside of transactions run here: it never sees what the writer has not committed. */
  readonly reader: SqlDatabase;
  readonly classify: ClassifyFailure;
  /** What refers to nothing, in a transaction whose commit was refused for it. */
  findDangling?(transaction: SqlDatabase): Promise<string | undefined>;
  close(): Promise<void>;
}

/** The catalog on any SQL database that kysely speaks. */
export class SqlCatalog implements Catalog {
  readonly objects: CatalogReads;
  readonly journal: JobJournal;
  readonly #store: CatalogStore;
  readonly #queue = new TransactionQueue();
  readonly #current = new AsyncLocalStorage<TransactionGate>();
  #closing: Promise<void> | undefined;

  constructor(store: CatalogStore) {
    this.#store = store;
    const gate: Gate = async (work, about) => {
      this.#assertOpen();
      try {
        return await work();
      } catch (error) {
        throw explainFailure(error, store.classify, about);
      }
    };
    this.objects = objectReads(store.reader, gate);
    this.journal = journalReads(store.reader, gate);
  }

  async transact<T>(work: (transaction: CatalogTransaction) => Promise<T>): Promise<T> {
    this.#assertOpen();
    if (this.#current.getStore()?.isOpen === true) {
      throw new EngineError("INTERNAL", "A transaction of the catalog was begun inside of another one.", {
        action: "This is a defect of the engine: report it.",
      });
    }
    return this.#queue.run(() => this.#transactNow(work));
  }

  close(): Promise<void> {
    this.#closing ??= this.#queue.idle().then(() => this.#store.close());
    return this.#closing;
  }

  async #transactNow<T>(work: (transaction: CatalogTransaction) => Promise<T>): Promise<T> {
    const gate = new TransactionGate(this.#store.classify);
    const removals = new Removals();
    let transaction: ControlledTransaction<SqlTables> | undefined;
    try {
      const begun = await this.#store.writer.startTransaction().execute();
      transaction = begun;
      const result = await this.#current.run(gate, () => work(new SqlTransaction({ database: begun, gate: gate.pass, removals })));
      gate.end();
      await removals.check(begun);
      await begun.commit().execute();
      return result;
    } catch (error) {
      gate.abandon();
      const explained = await this.#explain(error, transaction);
      await rollBack(transaction);
      throw explained;
    }
  }

  async #explain(error: unknown, transaction: SqlDatabase | undefined): Promise<unknown> {
    const explained = explainFailure(error, this.#store.classify);
    if (transaction === undefined || this.#store.classify(error)?.kind !== "DANGLING") return explained;
    const dangling = await this.#store.findDangling?.(transaction);
    if (dangling === undefined || !(explained instanceof EngineError)) return explained;
    const { code, message, action } = explained;
    return new EngineError(code, message, { action, details: { dangling }, cause: error });
  }

  #assertOpen(): void {
    if (this.#closing === undefined) return;
    throw new EngineError("CATALOG_FAILED", "The catalog has been closed.", { action: "Start the engine again." });
  }
}

/** The error that made the transaction fail is the one to report; a store that failed may have rolled back by itself. */
async function rollBack(transaction: ControlledTransaction<SqlTables> | undefined): Promise<void> {
  await transaction
    ?.rollback()
    .execute()
    .catch(() => undefined);
}
