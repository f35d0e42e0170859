import type { Catalog } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";

const LEASE_MS = 60_000;
const RENEW_MS = 15_000;

/** The lease under which this engine process runs jobs, renewed as long as it lives. */
export class Lease {
  readonly #catalog: Catalog;
  readonly #clock: Clock;
  readonly #id: string;
  readonly #stop = new AbortController();
  #renewing: Promise<void> = Promise.resolve();

  constructor(parts: { readonly catalog: Catalog; readonly clock: Clock; readonly ids: Ids }) {
    this.#catalog = parts.catalog;
    this.#clock = parts.clock;
    this.#id = parts.ids.guid();
  }

  /**
   * Takes the lease and ends all former ones: the exclusive hold on the catalog says that nobody else runs.
   * Returns the name of this process.
   */
  async take(): Promise<string> {
    const startedAt = this.#clock.now().toISOString();
    await this.#catalog.transact(async (transaction) => {
      for (const former of await transaction.journal.engineProcesses()) await transaction.removeEngineProcess(former.id);
      await transaction.putEngineProcess({ id: this.#id, startedAt, leaseUntil: this.#until() });
    });
    this.#renewing = this.#renew(startedAt);
    return this.#id;
  }

  async giveBack(): Promise<void> {
    this.#stop.abort(new Error("The engine stops."));
    await this.#renewing;
    await this.#catalog.transact((transaction) => transaction.removeEngineProcess(this.#id));
  }

  async #renew(startedAt: string): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#clock.sleep(RENEW_MS, this.#stop.signal);
        await this.#catalog.transact((transaction) => transaction.putEngineProcess({ id: this.#id, startedAt, leaseUntil: this.#until() }));
      } catch {
        // The catalog may be out of reach for a moment; the lease outlasts several renewals.
      }
    }
  }

  #until(): string {
    return new Date(this.#clock.now().getTime() + LEASE_MS).toISOString();
  }
}
