import { stat } from "node:fs/promises";
import { checkPresence, type PoolIdentity } from "./pool-identity.ts";
import type { PoolLayout } from "./pool-layout.ts";
import { asStorageError } from "./storage-error.ts";

/** Keeps calls to the pool that was opened, and only to that. */
export class PoolGuard {
  readonly #layout: PoolLayout;
  readonly #identity: PoolIdentity;
  /** The identity file as it was when it was read last: while it is that very file, it says the same. */
  #seen: string | undefined;

  constructor(layout: PoolLayout, identity: PoolIdentity) {
    this.#layout = layout;
    this.#identity = identity;
  }

  /** What fails because the pool went away says so; any other error is one of the port. */
  async run<T>(what: string, work: () => Promise<T>): Promise<T> {
    await this.#check();
    try {
      return await work();
    } catch (thrown) {
      const error = asStorageError(thrown, what);
      if (error.code === "STORAGE_FAILED" || error.code === "NOT_FOUND") await checkPresence(this.#layout, this.#identity);
      throw error;
    }
  }

  async #check(): Promise<void> {
    const found = await fingerprintOf(this.#layout.identityFile);
    if (found !== undefined && found === this.#seen) return;
    await checkPresence(this.#layout, this.#identity);
    this.#seen = found;
  }
}

/** Tells two files apart also where one file system has taken the place and the numbers of another. */
async function fingerprintOf(path: string): Promise<string | undefined> {
  const stats = await stat(path, { bigint: true }).catch(() => undefined);
  return stats && [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
}
