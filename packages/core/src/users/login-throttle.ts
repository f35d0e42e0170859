import { EngineError } from "@opendvp/model";
import type { Clock } from "../ports/clock.ts";

const FREE_ATTEMPTS = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const MOST_NAMES = 10_000;

/** Slows down guessing: after a few wrong passwords for a name each further attempt has to wait, twice as long each time. */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; untilMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws EngineError `TOO_MANY_ATTEMPTS` */
  check(name: string): void {
    const waitMs = (this.#failures.get(name)?.untilMs ?? 0) - this.#clock.monotonicMs();
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1_000);
    throw new EngineError("TOO_MANY_ATTEMPTS", `There were too many wrong passwords for this name.`, {
      action: `Wait ${seconds} s and try again.`,
      details: { retryAfterSeconds: seconds },
    });
  }

  failed(name: string): void {
    const count = (this.#failures.get(name)?.count ?? 0) + 1;
    const waitMs = count < FREE_ATTEMPTS ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - FREE_ATTEMPTS), LONGEST_WAIT_MS);
    this.#failures.delete(name);
    // Whoever tries many names makes us forget the oldest one, never all of them.
    const [oldest] = this.#failures.keys();
    if (this.#failures.size >= MOST_NAMES && oldest !== undefined) this.#failures.delete(oldest);
    this.#failures.set(name, { count, untilMs: this.#clock.monotonicMs() + waitMs });
  }

  succeeded(name: string): void {
    this.#failures.delete(name);
  }
}
