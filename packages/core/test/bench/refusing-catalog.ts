import type { Catalog, CatalogTransaction } from "@opendvp/core";
import { setImmediate } from "node:timers/promises";
import { EngineError } from "@opendvp/model";

export const FULL = new EngineError("CATALOG_FAILED", "The catalog cannot be written: the disk is full", { action: "Free space." });
export const AWAY = new EngineError("CATALOG_UNREACHABLE", "The catalog cannot be reached", { action: "Start its server." });

/** A real catalog whose disk is full, or whose server is away, for as many transactions as a test says. */
export class RefusingCatalog implements Catalog {
  readonly objects: Catalog["objects"];
  readonly journal: Catalog["journal"];
  readonly sharedClock: Catalog["sharedClock"];
  readonly #catalog: Catalog;
  #error = FULL;
  #refused = 0;
  #isAnswerLost = false;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
    this.objects = catalog.objects;
    this.journal = catalog.journal;
    this.sharedClock = catalog.sharedClock;
  }

  /** From now on so many transactions fail. */
  refuse(times: number, error = FULL): void {
    [this.#refused, this.#error] = [times, error];
  }

  /** The next transaction is committed, and nobody is told. */
  loseAnswer(): void {
    this.#isAnswerLost = true;
  }

  async transact<T>(work: (transaction: CatalogTransaction) => Promise<T>): Promise<T> {
    if (this.#refused > 0) {
      // The test must have its turn, however long it lasts.
      await setImmediate();
      this.#refused -= 1;
      throw this.#error;
    }
    const result = await this.#catalog.transact(work);
    if (!this.#isAnswerLost) return result;
    this.#isAnswerLost = false;
    throw AWAY;
  }

  close(): Promise<void> {
    return this.#catalog.close();
  }
}
