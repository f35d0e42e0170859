import type { Action } from "../entities/job.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";

const DAY_MS = 24 * 60 * 60_000;
const AT_ONCE = 500;

export interface RetentionParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly keepDays: number;
  readonly report: (error: unknown) => void;
}

/** Forgets, once a day, what was asked longer ago than it is kept. What led to a job stays as long as the job. */
export class ActionRetention {
  readonly #parts: RetentionParts;
  readonly #stop = new AbortController();
  #rounds: Promise<void> = Promise.resolve();

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#rounds = this.#repeat();
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error("The engine stops."));
    await this.#rounds;
  }

  async #repeat(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.forget().catch(this.#parts.report);
      await this.#parts.clock.sleep(DAY_MS, this.#stop.signal).catch(() => undefined);
    }
  }

  /** Resolves to how many were forgotten. */
  async forget(): Promise<number> {
    const { catalog, clock, keepDays } = this.#parts;
    const before = new Date(clock.now().getTime() - keepDays * DAY_MS).toISOString();
    let forgotten = 0;
    for (let passed = 0; !this.#stop.signal.aborted;) {
      const old = await catalog.objects.actions.list({ where: { startedAt: { before } }, limit: AT_ONCE, offset: passed });
      if (old.length === 0) break;
      const free = await this.#withoutJob(old);
      await catalog.transact((transaction) =>
        transaction.apply(free.map(({ reference }) => ({ collection: "actions", remove: reference }) as const)),
      );
      forgotten += free.length;
      passed += old.length - free.length;
    }
    return forgotten;
  }

  async #withoutJob(actions: readonly Action[]): Promise<readonly Action[]> {
    const jobs = await this.#parts.catalog.journal.listJobs({ where: { action: actions.map(({ reference }) => reference) } });
    const taken = new Set(jobs.map(({ action }) => action));
    return actions.filter(({ reference }) => !taken.has(reference));
  }
}
