import { EngineError, type Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { lookAtDataset } from "../datasets/look-at-dataset.ts";
import { linkedArguments } from "../datasets/plugin-arguments.ts";
import { isAsWanted, NOT_AS_WANTED, notAsWanted, type Sighting } from "../datasets/wanted-state.ts";
import type { Dataset, ObservedStatus } from "../entities/dataset.ts";
import type { Background } from "../jobs/background.ts";
import { monitorMark } from "../jobs/mark.ts";
import { faultsOf, type ObjectFaults } from "../faults/faults-of.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { CoreSettings } from "../settings/core-settings.ts";

/** The fault of a staged dSource whose worker fails. */
export const WORKER_FAILED = "WORKER_FAILED";

export interface MonitorParts {
  readonly datasets: DatasetParts;
  readonly background: Background;
  readonly clock: Clock;
  readonly settings: CoreSettings;
}

/**
 * Looks whether datasets are what they are wanted to be: VDBs and staged dSources, those with their worker, spread evenly over
 * their interval. Takes no lock: skipped while a job holds the dataset, ended by a job that wants it. Nothing is journaled.
 */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #stop = new AbortController();
  #rounds: readonly Promise<void>[] = [];
  #isComingBack: (dataset: Dataset["reference"]) => boolean = () => false;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
  }

  /** Of datasets that are coming back it is not asked whether they are there. */
  start(isComingBack: (dataset: Dataset["reference"]) => boolean): void {
    const { stagedMs, virtualMs } = this.#parts.settings.monitoring;
    this.#isComingBack = isComingBack;
    this.#rounds = [this.#repeat(stagedMs, "DSOURCE"), this.#repeat(virtualMs, "VDB")];
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error("The engine stops."));
    await Promise.all(this.#rounds);
  }

  async #repeat(intervalMs: number, kind: Dataset["kind"]): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#round(intervalMs, kind);
      } catch {
        // The catalog is out of reach for the moment, or the engine stops: the next round tells.
        await this.#parts.clock.sleep(intervalMs, this.#stop.signal).catch(() => undefined);
      }
    }
  }

  async #round(intervalMs: number, kind: Dataset["kind"]): Promise<void> {
    const { clock, datasets } = this.#parts;
    const watched = await datasets.catalog.objects.datasets.list({ where: { kind, stage: "READY" } });
    const due = watched.filter((dataset) => dataset.kind === "VDB" || dataset.pluginType === "STAGED");
    const gapMs = intervalMs / Math.max(1, due.length);
    const checks: Promise<void>[] = [];
    for (const dataset of due) {
      if (!this.#isComingBack(dataset.reference)) checks.push(this.check(dataset));
      await clock.sleep(gapMs, this.#stop.signal);
    }
    if (due.length === 0) await clock.sleep(intervalMs, this.#stop.signal);
    await Promise.all(checks);
  }

  /** Looks at one dataset now. Never rejects. */
  async check({ reference, plugin }: Pick<Dataset, "reference" | "plugin">): Promise<void> {
    await this.#parts.background.run(reference, (signal) => this.#look(reference, signal), [plugin]).catch(() => false);
  }

  async #look(reference: Reference<"APPDATA_CONTAINER">, signal: AbortSignal): Promise<void> {
    const dataset = await this.#parts.datasets.scenes.dataset(reference);
    if (dataset.currentTimeflow === null || dataset.stage !== "READY") return;
    const seen = await this.#see(dataset, signal);
    signal.throwIfAborted();
    if (seen === undefined) return;
    await this.#record(dataset, seen);
    const isRunning = dataset.wantedState === "RUNNING" && seen.status === "ACTIVE";
    if (dataset.kind === "DSOURCE" && isRunning) await this.#work(dataset, signal);
  }

  // What is wanted running and cannot be seen is in trouble; of what is wanted stopped or disabled, nothing is known then.
  async #see(dataset: Dataset, signal: AbortSignal): Promise<Sighting | undefined> {
    try {
      return await lookAtDataset(this.#parts.datasets, dataset, this.#scope(dataset, "STATUS", signal));
    } catch {
      signal.throwIfAborted();
      return dataset.wantedState === "RUNNING" ? { status: "UNKNOWN", mounts: "ALL" } : undefined;
    }
  }

  /** Asks the plugin; mounts that are not all there make it INACTIVE. */
  async observe(dataset: Dataset, signal: AbortSignal): Promise<ObservedStatus> {
    return (await lookAtDataset(this.#parts.datasets, dataset, this.#scope(dataset, "STATUS", signal))).status;
  }

  async #work(dataset: Dataset, signal: AbortSignal): Promise<void> {
    const { scenes, mounts, operations, catalog } = this.#parts.datasets;
    const scene = await scenes.linked(dataset.reference);
    if (!operations.has(scene.plugin, "linked.worker") || dataset.currentTimeflow === null) return;
    const args = linkedArguments(scene, await mounts.of(dataset.currentTimeflow));
    try {
      await operations.of(scene.plugin).perform("linked.worker", args, this.#scope(dataset, "WORKER", signal));
      const [standing] = await catalog.objects.faults.list({
        where: { target: dataset.reference, code: WORKER_FAILED, state: "ACTIVE" },
        limit: 1,
      });
      if (standing !== undefined) await catalog.transact((transaction) => this.#faults(transaction, dataset).clear([WORKER_FAILED]));
    } catch (error) {
      signal.throwIfAborted();
      const { message, action } = EngineError.from(error);
      const text = { code: WORKER_FAILED, message: `The worker of ${dataset.name} failed: ${message}`, action };
      await catalog.transact((transaction) => this.#faults(transaction, dataset).raise(text));
    }
  }

  // Only changes are written: a thousand healthy datasets cost no commit.
  async #record(dataset: Dataset, seen: Sighting): Promise<void> {
    const { catalog } = this.#parts.datasets;
    const { status } = seen;
    const [standing] = await catalog.objects.faults.list({
      where: { target: dataset.reference, code: NOT_AS_WANTED, state: "ACTIVE" },
      limit: 1,
    });
    const isRight = isAsWanted(dataset.wantedState, seen);
    if (dataset.status === status && (standing === undefined) === isRight) return;
    await catalog.transact(async (transaction) => {
      const now = await transaction.objects.datasets.find(dataset.reference);
      if (now?.wantedState !== dataset.wantedState) return;
      await transaction.apply([
        { collection: "datasets", update: dataset.reference, set: { status, statusAt: this.#parts.datasets.now() } },
      ]);
      const faults = this.#faults(transaction, dataset);
      await (isRight ? faults.clear([NOT_AS_WANTED]) : faults.raise(notAsWanted(dataset, seen)));
    });
  }

  #faults(transaction: CatalogTransaction, { reference, name }: Dataset): ObjectFaults {
    return faultsOf(transaction, { target: reference, targetName: name }, this.#parts.datasets.now());
  }

  #scope(
    dataset: Dataset,
    what: string,
    signal: AbortSignal,
  ): { readonly mark: string; readonly signal: AbortSignal; readonly logSubject: string } {
    return {
      mark: monitorMark(this.#parts.settings.engineId),
      signal,
      logSubject: `Monitor|${dataset.kind}_${what}(${dataset.reference})`,
    };
  }
}
