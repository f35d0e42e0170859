import { EngineError, type Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { linkedArguments, virtualArguments } from "../datasets/plugin-arguments.ts";
import type { Dataset } from "../entities/dataset.ts";
import type { Background } from "../jobs/background.ts";
import { monitorMark } from "../jobs/mark.ts";
import type { Clock } from "../ports/clock.ts";

/** How long after monitoring was in the way it is tried again. */
const RETRY_MS = 2_000;

/** Measuring makes the pool write all that it holds in memory, so it waits while jobs are at work, and looks this often… */
const LOOK_MS = 250;
/** …but not for longer than this. */
const PATIENCE_MS = 10_000;

const MEASURED_AFTER = new Set(["link", "sync", "provision", "create-empty", "snapshot", "refresh", "rollback", "undo"]);

/** Measures datasets in the background after what changes them: the plugin's source_size, and the space on the pool. */
export class Measuring {
  readonly #parts: DatasetParts;
  readonly #background: Background;
  readonly #clock: Clock;
  readonly #engineId: string;
  readonly #due = new Set<Reference<"APPDATA_CONTAINER">>();
  /** Those whose measurement a job cut off or held up: due again once a job lets go of them. */
  readonly #cutOff = new Set<Reference>();
  readonly #heldUp = new Set<Reference<"APPDATA_CONTAINER">>();
  readonly #report: (dataset: Dataset, error: EngineError) => void;
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    parts: DatasetParts,
    around: {
      readonly background: Background;
      readonly clock: Clock;
      readonly engineId: string;
      readonly report: (dataset: Dataset, error: EngineError) => void;
    },
  ) {
    this.#parts = parts;
    this.#background = around.background;
    this.#clock = around.clock;
    this.#engineId = around.engineId;
    this.#report = around.report;
  }

  /** Takes note that a job has ended; datasets are measured one after the other. */
  jobEnded(job: { readonly workflow: string; readonly state: string; readonly target: Reference | null }): void {
    if (this.#closing.signal.aborted || job.target === null) return;
    const hasChanged = job.state === "COMPLETED" && MEASURED_AFTER.has(job.workflow);
    if (!this.#cutOff.delete(job.target) && !hasChanged) return;
    this.#measureSoon(job.target as Reference<"APPDATA_CONTAINER">);
  }

  #measureSoon(reference: Reference<"APPDATA_CONTAINER">): void {
    this.#due.add(reference);
    this.#running ??= this.#measureDue().finally(() => {
      this.#running = undefined;
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#due.clear();
    await this.#running;
  }

  async #measureDue(): Promise<void> {
    await this.#untilCalm();
    for (const reference of this.#due) {
      this.#due.delete(reference);
      this.#cutOff.add(reference);
      const measure = async (signal: AbortSignal): Promise<void> => {
        await this.#measure(reference, signal);
        this.#cutOff.delete(reference);
      };
      const dataset = await this.#parts.catalog.objects.datasets.find(reference).catch(() => undefined);
      const beside = dataset === undefined ? [] : [dataset.plugin];
      const hasRun = await this.#background.run(reference, measure, beside).catch(() => this.#cutOff.delete(reference));
      if (hasRun) continue;
      this.#heldUp.add(reference);
      if (this.#heldUp.size === 1) void this.#tryHeldUp();
    }
  }

  async #untilCalm(): Promise<void> {
    const givesUpAt = this.#clock.monotonicMs() + PATIENCE_MS;
    while (this.#background.isAnythingHeld && this.#clock.monotonicMs() < givesUpAt && !this.#closing.signal.aborted) {
      await this.#clock.sleep(LOOK_MS, this.#closing.signal).catch(() => undefined);
    }
  }

  // A job that holds the dataset tells when it has ended; monitoring that was in the way does not.
  async #tryHeldUp(): Promise<void> {
    await this.#clock.sleep(RETRY_MS, this.#closing.signal).catch(() => undefined);
    const heldUp = [...this.#heldUp];
    this.#heldUp.clear();
    if (this.#closing.signal.aborted) return;
    for (const reference of heldUp) if (this.#cutOff.delete(reference)) this.#measureSoon(reference);
  }

  async #measure(reference: Reference<"APPDATA_CONTAINER">, signal: AbortSignal): Promise<void> {
    const dataset = await this.#parts.catalog.objects.datasets.find(reference);
    if (dataset === undefined || dataset.currentTimeflow === null) return;
    const { storageName } = await this.#parts.scenes.timeflow(dataset.currentTimeflow);
    const sourceSizeBytes = await this.#sourceSize(dataset, signal);
    const usage =
      storageName === null
        ? undefined
        : { ...(await this.#parts.storageOf(dataset.pool).datasetUsage(storageName)), measuredAt: this.#parts.now() };
    signal.throwIfAborted();
    const set = { ...(sourceSizeBytes === undefined ? {} : { sourceSizeBytes }), ...(usage === undefined ? {} : { usage }) };
    await this.#parts.catalog.transact((transaction) => transaction.apply([{ collection: "datasets", update: reference, set }]));
  }

  // A failure, or a size that is none, leaves the last value.
  async #sourceSize(dataset: Dataset, signal: AbortSignal): Promise<number | undefined> {
    const { scenes, operations, mounts } = this.#parts;
    if (dataset.currentTimeflow === null) return undefined;
    const scope = { mark: monitorMark(this.#engineId), signal, logSubject: `Monitor|${dataset.kind}_SOURCE_SIZE(${dataset.reference})` };
    try {
      const known = await mounts.of(dataset.currentTimeflow);
      if (dataset.kind === "DSOURCE") {
        const scene = await scenes.linked(dataset.reference);
        return await operations.of(scene.plugin).askForSize("linked.sourceSize", linkedArguments(scene, known), scope);
      }
      const scene = await scenes.virtual(dataset.reference);
      const timeflow = await scenes.timeflow(dataset.currentTimeflow);
      const args = virtualArguments(scene, known, { sourceConfig: timeflow.sourceConfig ?? {} });
      return await operations.of(scene.plugin).askForSize("virtual.sourceSize", args, scope);
    } catch (error) {
      signal.throwIfAborted();
      this.#report(dataset, EngineError.from(error));
      return undefined;
    }
  }
}
