import type { ErrorCode, Reference } from "@opendvp/model";
import type { Catalog } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import { recordAction } from "./record-action.ts";

/** Something that was asked for and not done. */
export interface Refusal {
  /** Who asked; nobody that the engine knows: `nobody`, never the name that was tried, which may be a password. */
  readonly user: string;
  readonly asker: Reference<"USER"> | null;
  readonly title: string;
  readonly operation: string;
  readonly target: Reference | null;
  readonly errorCode: ErrorCode;
}

export interface RefusalParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

const TOGETHER_MS = 60 * 60_000;
const MOST_KEPT = 1_000;

interface Counted {
  readonly untilMs: number;
  times: number;
  action?: Reference<"ACTION">;
}

/**
 * Records what was refused. The same refusal within an hour is one action, whose count is written when it comes to 1, 2, 4, 8 …:
 * whoever tries without end fills no disk and costs hardly a transaction. Nobody waits for it, so that no answer takes
 * longer for a name that exists.
 */
export class Refusals {
  readonly #parts: RefusalParts;
  readonly #counted = new Map<string, Counted>();
  #written: Promise<void> = Promise.resolve();

  constructor(parts: RefusalParts) {
    this.#parts = parts;
  }

  note(refusal: Refusal): void {
    const counted = this.#countedFor(`${refusal.user} ${refusal.operation} ${refusal.target ?? ""} ${refusal.errorCode}`);
    counted.times += 1;
    const { times } = counted;
    if (!isPowerOfTwo(times)) return;
    this.#written = this.#written.then(() => this.#write(refusal, counted, times)).catch(this.#parts.report);
  }

  /** Resolves when all that was noted is written. */
  written(): Promise<void> {
    return this.#written;
  }

  #countedFor(key: string): Counted {
    const now = this.#parts.clock.monotonicMs();
    const known = this.#counted.get(key);
    if (known !== undefined && known.untilMs > now) return known;
    this.#counted.delete(key);
    const [oldest] = this.#counted.keys();
    if (this.#counted.size >= MOST_KEPT && oldest !== undefined) this.#counted.delete(oldest);
    const fresh: Counted = { untilMs: now + TOGETHER_MS, times: 0 };
    this.#counted.set(key, fresh);
    return fresh;
  }

  async #write(refusal: Refusal, counted: Counted, times: number): Promise<void> {
    const at = this.#parts.clock.now().toISOString();
    const state = refusal.errorCode === "NOT_ALLOWED" ? "REFUSED" : "FAILED";
    const action = counted.action;
    counted.action = await this.#parts.catalog.transact(async (transaction) => {
      if (action === undefined) return recordAction(transaction, at, { ...refusal, state });
      await transaction.apply([{ collection: "actions", update: action, set: { times, endedAt: at } }]);
      return action;
    });
  }
}

function isPowerOfTwo(times: number): boolean {
  return Number.isInteger(Math.log2(times));
}
