/** How many objects are kept; those least recently read go first. */
const KEPT = 2000;

/**
 * Objects as they were read last, for as long as nobody changes them: a job reads the same plugin, environment and user at each of its
 * steps. Only for a catalog whose every change goes through this process.
 */
export class KeptObjects {
  readonly #kept = new Map<string, object>();
  /** Raised by each change: what was read before one is not kept after it. */
  #changes = 0;

  async find<T extends object>(reference: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const kept = this.#kept.get(reference) as T | undefined;
    if (kept !== undefined) {
      this.#keep(reference, kept);
      return kept;
    }
    const changesBefore = this.#changes;
    const found = await read();
    if (found !== undefined && changesBefore === this.#changes) this.#keep(reference, Object.freeze(found));
    return found;
  }

  /** These may have changed, or are about to: they are read anew. */
  forget(references: Iterable<string>): void {
    this.#changes += 1;
    for (const reference of references) this.#kept.delete(reference);
  }

  /** Anything may have changed. */
  forgetAll(): void {
    this.#changes += 1;
    this.#kept.clear();
  }

  #keep(reference: string, object: object): void {
    this.#kept.delete(reference);
    this.#kept.set(reference, object);
    const oldest = this.#kept.size > KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}
