import { EngineError, type Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import type { Dataset, ObservedStatus } from "../entities/dataset.ts";
import type { Background } from "../jobs/background.ts";
import { monitorMark } from "../jobs/mark.ts";
import { faultsOf, type ObjectFaults } from "../faults/faults-of.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { CoreSettings } from "../settings/core-settings.ts";
import { linkedArguments, virtualArguments } from "../datasets/plugin-arguments.ts";
import { NOT_AS_WANTED } from "../virtual-sources/steps/running.ts";

/** The fault of a staged dSource whose worker fails. */
export const WORKER_FAILED = "WORKER_FAILED";

export interface MonitorParts {
  readonly datasets: DatasetParts;
  readonly background: Background;
  readonly clock: Clock;
  readonly settings: CoreSettings;
}

/**
 * Looks after datasets that are wanted running: status of VDBs, status and worker of staged dSources, spread evenly over
 * their interval. Takes no lock: skipped while a job holds the dataset, ended by a job that wants it. Nothing is journaled.
 */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #stop = new AbortController();
  #rounds: readonly Promise<void>[] = [];

  constructor(parts: MonitorParts) {
    this.#parts = parts;
  }

  start(): void {
    const { stagedMs, virtualMs } = this.#parts.settings.monitoring;
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
    const watched = await datasets.catalog.objects.datasets.list({ where: { kind, stage: "READY", wantedState: "RUNNING" } });
    const due = watched.filter((dataset) => dataset.kind === "VDB" || dataset.pluginType === "STAGED");
    const gapMs = intervalMs / Math.max(1, due.length);
    const checks: Promise<void>[] = [];
    for (const dataset of due) {
      checks.push(this.check(dataset.reference));
      await clock.sleep(gapMs, this.#stop.signal);
    }
    if (due.length === 0) await clock.sleep(intervalMs, this.#stop.signal);
    await Promise.all(checks);
  }

  /** Looks at one dataset now. Never rejects. */
  async check(reference: Reference<"APPDATA_CONTAINER">): Promise<void> {
    await this.#parts.background.run(reference, (signal) => this.#look(reference, signal)).catch(() => false);
  }

  async #look(reference: Reference<"APPDATA_CONTAINER">, signal: AbortSignal): Promise<void> {
    const dataset = await this.#parts.datasets.scenes.dataset(reference);
    if (dataset.currentTimeflow === null || dataset.wantedState !== "RUNNING") return;
    const status = await this.#statusOf(dataset, signal);
    signal.throwIfAborted();
    await this.#record(dataset, status);
    if (dataset.kind === "DSOURCE" && status === "ACTIVE") await this.#work(dataset, signal);
  }

  async #statusOf(dataset: Dataset, signal: AbortSignal): Promise<ObservedStatus> {
    try {
      return await this.observe(dataset, signal);
    } catch {
      signal.throwIfAborted();
      return "UNKNOWN";
    }
  }

  /** Asks the plugin; mounts that are not all there make it INACTIVE. */
  async observe(dataset: Dataset, signal: AbortSignal): Promise<ObservedStatus> {
    const { scenes, mounts, operations } = this.#parts.datasets;
    if (dataset.currentTimeflow === null) return "INACTIVE";
    const timeflow = await scenes.timeflow(dataset.currentTimeflow);
    const known = await mounts.of(timeflow.reference);
    if (dataset.kind === "VDB") {
      const scene = await scenes.virtual(dataset.reference);
      if (!(await mounts.areComplete(scene, timeflow))) return "INACTIVE";
      const args = virtualArguments(scene, known, { sourceConfig: timeflow.sourceConfig ?? {} });
      return operations.of(scene.plugin).askForStatus("virtual.status", args, this.#scope(dataset, "STATUS", signal));
    }
    const scene = await scenes.linked(dataset.reference);
    if (!(await mounts.areComplete(scene, timeflow))) return "INACTIVE";
    return operations.of(scene.plugin).askForStatus("linked.status", linkedArguments(scene, known), this.#scope(dataset, "STATUS", signal));
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
  async #record(dataset: Dataset, status: ObservedStatus): Promise<void> {
    const { catalog } = this.#parts.datasets;
    const [standing] = await catalog.objects.faults.list({
      where: { target: dataset.reference, code: NOT_AS_WANTED, state: "ACTIVE" },
      limit: 1,
    });
    const isAsWanted = status === "ACTIVE";
    if (dataset.status === status && (standing === undefined) === isAsWanted) return;
    await catalog.transact(async (transaction) => {
      const now = await transaction.objects.datasets.find(dataset.reference);
      if (now?.wantedState !== "RUNNING") return;
      await transaction.apply([
        { collection: "datasets", update: dataset.reference, set: { status, statusAt: this.#parts.datasets.now() } },
      ]);
      if (isAsWanted) return this.#faults(transaction, dataset).clear([NOT_AS_WANTED]);
      const text = {
        code: NOT_AS_WANTED,
        message: `${dataset.name} is ${status}, but is wanted to be RUNNING.`,
        action: `Enable ${dataset.name}, or stop or disable it.`,
      };
      return this.#faults(transaction, dataset).raise(text);
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
