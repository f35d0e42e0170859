import { checkPresence, type PoolIdentity } from "./pool-identity.ts";
import type { PoolLayout } from "./pool-layout.ts";
import { asStorageError } from "./storage-error.ts";

/** Keeps calls to the pool that was opened, and only to that. */
export class PoolGuard {
  readonly #layout: PoolLayout;
  readonly #identity: PoolIdentity;

  constructor(layout: PoolLayout, identity: PoolIdentity) {
    this.#layout = layout;
    this.#identity = identity;
  }

  /** What fails because the pool went away says so; any other error is one of the port. */
  async run<T>(what: string, work: () => Promise<T>): Promise<T> {
    await checkPresence(this.#layout, this.#identity);
    try {
      return await work();
    } catch (thrown) {
      const error = asStorageError(thrown, what);
      if (error.code === "STORAGE_FAILED" || error.code === "NOT_FOUND") await checkPresence(this.#layout, this.#identity);
      throw error;
    }
  }
}
