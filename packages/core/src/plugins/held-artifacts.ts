import type { Catalog } from "../ports/catalog.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import { UPGRADE_WORKFLOW, type UpgradeFacts } from "./upgrade-facts.ts";

/** Knows who needs an artifact: installed versions, upgrades that are under way or wait, and uploads that are being looked at. */
export class HeldArtifacts {
  readonly #catalog: Catalog;
  readonly #artifacts: ArtifactStore;
  readonly #held = new Map<string, number>();

  constructor(catalog: Catalog, artifacts: ArtifactStore) {
    this.#catalog = catalog;
    this.#artifacts = artifacts;
  }

  /** Stores an artifact for as long as `work` takes; who needs it longer must have written that down by then. */
  async holding<T>(artifact: Uint8Array, work: (sha256: string) => Promise<T>): Promise<T> {
    const sha256 = await this.#artifacts.put(artifact);
    this.#held.set(sha256, (this.#held.get(sha256) ?? 0) + 1);
    try {
      return await work(sha256);
    } finally {
      const count = (this.#held.get(sha256) ?? 1) - 1;
      if (count === 0) this.#held.delete(sha256);
      else this.#held.set(sha256, count);
      await this.forgetUnlessNeeded(sha256);
    }
  }

  /** Removes what no crash, and no upgrade that was given up while it waited, could remove any more. */
  async sweep(): Promise<void> {
    for (const sha256 of await this.#artifacts.list()) await this.forgetUnlessNeeded(sha256);
  }

  /** Removes an artifact that nobody needs any more, but for the given job. */
  async forgetUnlessNeeded(sha256: string, job?: string): Promise<void> {
    const { objects, journal } = this.#catalog;
    if (this.#held.has(sha256)) return;
    if ((await objects.plugins.count({ artifact: sha256 })) > 0) return;
    const open = await journal.openJobs(["RUNNING", "WAITING"]);
    const isWanted = open.some(
      ({ reference, workflow, input }) =>
        reference !== job && workflow === UPGRADE_WORKFLOW && (input as unknown as UpgradeFacts).release.artifact === sha256,
    );
    if (!isWanted && !this.#held.has(sha256)) await this.#artifacts.remove(sha256);
  }
}
