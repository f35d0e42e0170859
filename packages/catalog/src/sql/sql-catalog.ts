import { AsyncLocalStorage } from "node:async_hooks";
import type { Catalog, CatalogReads, CatalogTransaction, JobJournal } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { ChangedObjects } from "../changes/changed-objects.ts";
import { Removals } from "../changes/removals.ts";
import { explainFailure } from "../failures/explain-failure.ts";
import { journalReads } from "../journal/journal-reads.ts";
import { KeptObjects } from "../objects/kept-objects.ts";
import { objectReads } from "../objects/object-reads.ts";
import type { Gate } from "../transactions/gate.ts";
import { SqlTransaction } from "../transactions/sql-transaction.ts";
import type { StoreTransaction } from "../transactions/store-transaction.ts";
import { TransactionGate } from "../transactions/transaction-gate.ts";
import { TransactionQueue } from "../transactions/transaction-queue.ts";
import type { CatalogStore } from "./catalog-store.ts";

/** The catalog on any SQL database that kysely speaks. */
export class SqlCatalog implements Catalog {
  readonly objects: CatalogReads;
  readonly journal: JobJournal;
  readonly sharedClock: Catalog["sharedClock"];
  readonly #store: CatalogStore;
  readonly #kept: KeptObjects | undefined;
  readonly #queue = new TransactionQueue();
  readonly #current = new AsyncLocalStorage<TransactionGate>();
  #closing: Promise<void> | undefined;

  constructor(store: CatalogStore) {
    this.#store = store;
    const gate: Gate = async (work, about) => {
      this.#assertOpen();
      try {
        return await (store.bridge === undefined ? work() : store.bridge(work));
      } catch (error) {
        throw explainFailure(error, store.classify, about);
      }
    };
    this.#kept = store.isOurs ? new KeptObjects() : undefined;
    this.objects = objectReads(store.reader, gate, this.#kept);
    this.journal = journalReads(store.reader, gate);
    const { sharedClock } = store;
    this.sharedClock = sharedClock === undefined ? undefined : () => gate(sharedClock);
  }

  async transact<T>(work: (transaction: CatalogTransaction) => Promise<T>): Promise<T> {
    this.#assertOpen();
    if (this.#current.getStore()?.isOpen === true) {
      throw new EngineError("INTERNAL", "A transaction of the catalog was begun inside of another one.", {
        action: "This is a defect of the engine: report it.",
      });
    }
    const result = await this.#queue.run(() => this.#transactNow(work));
    // Outside of the queue: the next transaction runs meanwhile, and both may share what it takes.
    await this.#store.makeDurable?.();
    return result;
  }

  close(): Promise<void> {
    this.#closing ??= this.#queue.idle().then(() => this.#store.close());
    return this.#closing;
  }

  async #transactNow<T>(work: (transaction: CatalogTransaction) => Promise<T>): Promise<T> {
    const gate = new TransactionGate(this.#store.classify);
    const [removals, changed] = [new Removals(), new ChangedObjects()];
    let transaction: StoreTransaction | undefined;
    try {
      const begun = await this.#store.begin();
      transaction = begun;
      const { database } = begun;
      const result = await this.#current.run(gate, () => work(new SqlTransaction({ database, gate: gate.pass, removals, changed })));
      gate.end();
      await removals.check(database);
      await this.#commit(begun, changed);
      return result;
    } catch (error) {
      gate.abandon();
      const explained = await this.#explain(error, transaction);
      await transaction?.rollBack();
      throw explained;
    }
  }

  async #commit(begun: StoreTransaction, changed: ChangedObjects): Promise<void> {
    const kept = this.#kept;
    if (kept !== undefined) changed.forgetIn(kept);
    try {
      await begun.commit();
    } finally {
      if (kept !== undefined) changed.forgetIn(kept);
    }
  }

  async #explain(error: unknown, transaction: StoreTransaction | undefined): Promise<unknown> {
    const failure = this.#store.classify(error);
    const explained = explainFailure(error, this.#store.classify);
    if (transaction === undefined || failure?.kind !== "DANGLING" || !(explained instanceof EngineError)) return explained;
    const dangling = failure.dangling ?? (await this.#store.findDangling?.(transaction.database));
    if (dangling === undefined) return explained;
    const { code, message, action } = explained;
    return new EngineError(code, message, { action, details: { dangling }, cause: error });
  }

  #assertOpen(): void {
    if (this.#closing === undefined) return;
    throw new EngineError("STATE_UNSUITABLE", "The catalog has been closed.", { action: "Start the engine again." });
  }
}
