import { EngineError } from "@opendvp/model";
import type { EngineProcess } from "../entities/job.ts";
import type { Catalog, CatalogTransaction } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";

const LEASE_MS = 60_000;
const RENEW_MS = 15_000;

interface LeaseParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: { readonly engineId: string };
}

/** The lease under which this engine process runs jobs, renewed as long as it lives. */
export class Lease {
  readonly #catalog: Catalog;
  readonly #clock: Clock;
  readonly #engineId: string;
  readonly #id: string;
  readonly #stop = new AbortController();
  #isTaken = false;
  #renewed: () => Promise<void> = () => Promise.resolve();
  #renewing: Promise<void> = Promise.resolve();

  constructor({ catalog, clock, ids, settings }: LeaseParts) {
    this.#catalog = catalog;
    this.#clock = clock;
    this.#engineId = settings.engineId;
    this.#id = `${settings.engineId}/${ids.guid()}`;
  }

  /**
   * Takes the lease and ends those of processes that are gone: all former ones of this engine, whose data directory is held, and where the
   * catalog is shared, others whose lease is over. Returns the name of this process.
   */
  async take(): Promise<string> {
    const now = await this.#now();
    await this.#catalog.transact(async (transaction) => {
      const former = await transaction.journal.engineProcesses();
      for (const { id } of former.filter((process) => this.#isGone(process, now))) await transaction.removeEngineProcess(id);
      await transaction.putEngineProcess({ id: this.#id, startedAt: now.toISOString(), leaseUntil: until(now) });
    });
    this.#isTaken = true;
    this.#renewing = this.#renew(now.toISOString());
    return this.#id;
  }

  /** The catalog as this process may write it: no more once another process has ended its lease and taken its jobs over. */
  fence(): Catalog {
    const { objects, journal, sharedClock } = this.#catalog;
    if (sharedClock === undefined) return this.#catalog;
    return {
      objects,
      journal,
      sharedClock,
      transact: (work) =>
        this.#catalog.transact(async (transaction) => {
          await this.#assertHeld(transaction);
          return work(transaction);
        }),
      close: () => this.#catalog.close(),
    };
  }

  /** Where others share the catalog: told now and then, since what a job of this process waits for may have been let go by them. */
  onRenewed(renewed: () => Promise<void>): void {
    if (this.#catalog.sharedClock !== undefined) this.#renewed = renewed;
  }

  async giveBack(): Promise<void> {
    this.#stop.abort(new Error("The engine stops."));
    await this.#renewing;
    await this.#catalog.transact((transaction) => transaction.removeEngineProcess(this.#id));
  }

  #isGone({ id, leaseUntil }: EngineProcess, now: Date): boolean {
    return this.#catalog.sharedClock === undefined || id.startsWith(`${this.#engineId}/`) || new Date(leaseUntil) <= now;
  }

  async #renew(startedAt: string): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#clock.sleep(RENEW_MS, this.#stop.signal);
        const leaseUntil = until(await this.#now());
        await this.#catalog.transact(async (transaction) => {
          await this.#assertHeld(transaction);
          await transaction.putEngineProcess({ id: this.#id, startedAt, leaseUntil });
        });
        await this.#renewed();
      } catch {
        // The catalog may be out of reach for a moment; the lease outlasts several renewals.
      }
    }
  }

  async #assertHeld({ journal }: CatalogTransaction): Promise<void> {
    if (!this.#isTaken || (await journal.engineProcesses()).some(({ id }) => id === this.#id)) return;
    throw new EngineError(
      "STATE_UNSUITABLE",
      "Another engine has taken over the jobs of this one, which could not reach the catalog for a minute.",
      {
        action: "Restart this engine.",
      },
    );
  }

  /** By one clock for all processes that share the catalog. */
  async #now(): Promise<Date> {
    return (await this.#catalog.sharedClock?.()) ?? this.#clock.now();
  }
}

function until(now: Date): string {
  return new Date(now.getTime() + LEASE_MS).toISOString();
}
