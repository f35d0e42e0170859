/** Changes that follow each other faster than this are told together: nobody reads faster, and each telling costs reads of the journal. */
const GATHERED_MS = 50;

/** Something to wait on: `call` ends the present wait, or the next one if nobody waits. */
export class WakeUp {
  #isCalled = false;
  #answer: (() => void) | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #calledAtMs = -Infinity;

  call(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#calledAtMs = performance.now();
    this.#isCalled = true;
    this.#answer?.();
  }

  /** As `call`, at once after a time of quiet, and else together with others that come soon. */
  callSoon(): void {
    const leftMs = this.#calledAtMs + GATHERED_MS - performance.now();
    if (leftMs <= 0) this.call();
    else
      this.#gathering ??= setTimeout(() => {
        this.call();
      }, leftMs);
  }

  /** Resolves with true when called, with false when the time is up. One waiter at a time. */
  async wait(timeoutMs: number): Promise<boolean> {
    if (!this.#isCalled) await this.#next(timeoutMs);
    const wasCalled = this.#isCalled;
    this.#isCalled = false;
    return wasCalled;
  }

  /** Nobody waits any more. */
  close(): void {
    clearTimeout(this.#gathering);
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
