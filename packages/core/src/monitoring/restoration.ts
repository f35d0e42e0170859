import { EngineError, type EngineErrorShape, type Reference } from "@opendvp/model";

/** A dataset that is not as it is wanted, and why. */
export interface LeftDataset {
  readonly dataset: Reference<"APPDATA_CONTAINER">;
  readonly name: string;
  readonly error: EngineErrorShape;
}

/** How far a start of the engine is with bringing datasets to their wanted states. */
export interface RestorationState {
  /** Everything has been looked at, and what had to be brought back is back or has failed. */
  readonly isDone: boolean;
  /** Datasets that are wanted on a host. */
  readonly total: number;
  /** Those of them that are not known to be there yet. */
  readonly remaining: number;
  readonly failed: readonly LeftDataset[];
}

/** Keeps count of datasets while they are brought to their wanted states, and tells whoever waits. */
export class Restoration {
  readonly #listeners = new Set<(state: RestorationState) => void>();
  readonly #failed: LeftDataset[] = [];
  #awaited: Set<Reference<"APPDATA_CONTAINER">> | undefined;
  #total: number | undefined;
  #settled = 0;

  get state(): RestorationState {
    const total = this.#total ?? 0;
    return { isDone: this.#total === this.#settled, total, remaining: total - this.#settled, failed: [...this.#failed] };
  }

  /** Says which datasets are to be looked at. */
  expect(datasets: readonly Reference<"APPDATA_CONTAINER">[]): void {
    this.#total = datasets.length;
    this.#awaited = new Set(datasets);
    this.#tell();
  }

  /** Whether a dataset may still be brought back, so that what it is now says nothing. Before they are counted any may be. */
  awaits(dataset: Reference<"APPDATA_CONTAINER">): boolean {
    return this.#awaited?.has(dataset) ?? true;
  }

  /** What is left will not be brought back. */
  giveUp(): void {
    this.#awaited = new Set();
  }

  /** One is there, or is somebody else's affair by now. */
  settle(dataset: Reference<"APPDATA_CONTAINER">): void {
    this.#awaited?.delete(dataset);
    this.#settled++;
    this.#tell();
  }

  /** One could not be brought back. */
  fail(left: Omit<LeftDataset, "error">, error: EngineErrorShape | EngineError): void {
    this.#failed.push({ ...left, error: error instanceof EngineError ? error.toShape() : error });
    this.settle(left.dataset);
  }

  /** Calls back with the state as it is and on each change. Returns how to stop. */
  watch(listener: (state: RestorationState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.state);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    const { state } = this;
    for (const listener of this.#listeners) listener(state);
  }
}
