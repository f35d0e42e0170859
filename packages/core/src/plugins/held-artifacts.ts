import type { Catalog } from "../ports/catalog.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { UPGRADE_WORKFLOW, type UpgradeFacts } from "./upgrade-facts.ts";

interface Told {
  /** Hears of each artifact that has been removed. */
  gone(sha256: string): void;
  /** Hears why something that nobody needs could not be removed. */
  report(error: unknown): void;
}

/** Knows who needs an artifact: installed versions, upgrades that are under way or wait, and uploads that are being looked at. */
export class HeldArtifacts {
  readonly #catalog: Catalog;
  readonly #artifacts: ArtifactStore;
  readonly #told: Told;
  readonly #held = new Map<string, number>();
  /** One after the other: what is found in the store by one must not go with another, who found that nobody needs it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(catalog: Catalog, artifacts: ArtifactStore, told: Told) {
    this.#catalog = catalog;
    this.#artifacts = artifacts;
    this.#told = told;
  }

  /** Stores an artifact for as long as `work` takes; who needs it longer must have written that down by then. */
  async holding<T>(artifact: Uint8Array, work: (sha256: string) => Promise<T>): Promise<T> {
    const sha256 = await this.#inTurn(async () => {
      const stored = await this.#artifacts.put(artifact);
      this.#held.set(stored, (this.#held.get(stored) ?? 0) + 1);
      return stored;
    });
    try {
      return await work(sha256);
    } finally {
      const count = (this.#held.get(sha256) ?? 1) - 1;
      if (count === 0) this.#held.delete(sha256);
      else this.#held.set(sha256, count);
      await this.letGo(sha256);
    }
  }

  /**
   * Removes an artifact that nobody needs any more, but for the given job, if that can be done now: what was asked for is done all the
   * same. The next start sweeps.
   */
  async letGo(sha256: string, job?: string): Promise<void> {
    await this.#forgetUnlessNeeded(sha256, job).catch((error: unknown) => this.#told.report(error));
  }

  /** Removes what no crash, and no upgrade that was given up while it waited, could remove any more. */
  async sweep(): Promise<void> {
    for (const sha256 of await this.#artifacts.list()) await this.letGo(sha256);
  }

  async #forgetUnlessNeeded(sha256: string, job: string | undefined): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#held.has(sha256) || (await this.#isNeeded(sha256, job))) return;
      await this.#artifacts.remove(sha256);
      this.#told.gone(sha256);
    });
  }

  async #isNeeded(sha256: string, job: string | undefined): Promise<boolean> {
    const { objects, journal } = this.#catalog;
    if ((await objects.plugins.count({ artifact: sha256 })) > 0) return true;
    const open = await journal.openJobs(["RUNNING", "WAITING"]);
    return open.some(
      ({ reference, workflow, input }) =>
        reference !== job && workflow === UPGRADE_WORKFLOW && (input as unknown as UpgradeFacts).release.artifact === sha256,
    );
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
