import type { PasswordHasher } from "@opendvp/core";
import { hashPassword, verifyPassword, type ScryptCost } from "./password-hash.ts";

/** Hashes one password at a time: many log-ins at once would take 128 MiB each. */
export class ScryptPasswordHasher implements PasswordHasher {
  readonly #cost: ScryptCost | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** Only tests take a lower cost than the usual one. */
  constructor(cost?: ScryptCost) {
    this.#cost = cost;
  }

  hash(password: string): Promise<string> {
    return this.#next(() => hashPassword(password, this.#cost));
  }

  verify(password: string, hash: string): Promise<boolean> {
    return this.#next(() => verifyPassword(password, hash));
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
