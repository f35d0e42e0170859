/** Runs what concerns the same key one after the other; different keys do not wait for each other. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(work, work);
    const tail = result.catch(() => undefined);
    this.#tails.set(key, tail);
    try {
      return await result;
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }

  /** Runs what concerns two different keys; whoever asks for the same two in the other order waits in the same one. */
  async runBoth<T>(one: string, other: string, work: () => Promise<T>): Promise<T> {
    const [first, second] = one < other ? [one, other] : [other, one];
    return this.run(first, () => this.run(second, work));
  }
}
