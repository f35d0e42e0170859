/** Something to wait on: `call` ends the present wait, or the next one if nobody waits. */
export class WakeUp {
  #isCalled = false;
  #answer: (() => void) | undefined;

  call(): void {
    this.#isCalled = true;
    this.#answer?.();
  }

  /** Resolves with true when called, with false when the time is up. One waiter at a time. */
  async wait(timeoutMs: number): Promise<boolean> {
    if (!this.#isCalled) await this.#next(timeoutMs);
    const wasCalled = this.#isCalled;
    this.#isCalled = false;
    return wasCalled;
  }

  #next(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#answer = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
