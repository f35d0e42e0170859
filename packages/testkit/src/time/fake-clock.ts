import type { Clock } from "@opendvp/core";

const START = Date.parse("2026-01-02T03:04:05.678Z");

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still until a test turns it. With `isSkipping` nobody sleeps: each sleep turns the clock by its
 * own duration and is over.
 */
export class FakeClock implements Clock {
  readonly #isSkipping: boolean;
  readonly #sleepers = new Set<Sleeper>();
  #elapsedMs = 0;

  constructor(options: { readonly isSkipping?: boolean } = {}) {
    this.#isSkipping = options.isSkipping ?? false;
  }

  now(): Date {
    return new Date(START + this.#elapsedMs);
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#isSkipping) {
      this.turn(durationMs);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper: Sleeper = { untilMs: this.#elapsedMs + durationMs, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /** Lets time pass, and wakes whoever has slept long enough. */
  turn(durationMs: number): void {
    this.#elapsedMs += durationMs;
    for (const sleeper of this.#sleepers) {
      if (sleeper.untilMs > this.#elapsedMs) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
