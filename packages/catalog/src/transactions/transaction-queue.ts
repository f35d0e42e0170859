/** Runs pieces of work one after the other, in the order in which they came. */
export class TransactionQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all that has been queued so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
