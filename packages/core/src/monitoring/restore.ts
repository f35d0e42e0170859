import { EngineError, isReference, type EngineErrorShape, type Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import type { Dataset } from "../entities/dataset.ts";
import type { Job } from "../entities/job.ts";
import { faultsOf } from "../faults/faults-of.ts";
import { hasEnded } from "../jobs/job-watchers.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ask, Started } from "../use-cases/asking.ts";
import { NOT_AS_WANTED } from "../datasets/wanted-state.ts";
import type { Monitor } from "./monitor.ts";
import type { Restoration } from "./restoration.ts";

export interface RestoreParts {
  readonly datasets: DatasetParts;
  readonly clock: Clock;
  readonly monitor: Monitor;
  /** Aborted when the engine stops: nothing more is begun or counted then; the next start looks again. */
  readonly signal: AbortSignal;
  /** Counts the datasets as they come back. */
  readonly restoration: Restoration;
  /** The jobs taken over at the start that are about the dataset. */
  readonly takenOver: (dataset: Dataset["reference"]) => readonly Job[];
  /** For jobs of this engine. */
  readonly ended: (job: Reference<"JOB">, signal?: AbortSignal) => Promise<Job>;
  /** Told of each dataset that has been looked at: from then on jobs that wait for it may take their turns. */
  readonly letGo: (dataset: Dataset["reference"]) => Promise<void>;
  readonly enable: (dataset: Dataset, ask: Ask) => Promise<Started>;
  readonly mountStopped: (dataset: Dataset, ask: Ask) => Promise<Started>;
}

const LOOK_AGAIN_MS = 250;
const STATUS_LIMIT_MS = 60_000;
const ENGINE: Ask = { by: { name: "engine", role: "operator" }, isAheadOfQueue: true };

/**
 * Brings datasets back to their wanted state after a start of the engine: wanted running but down → enable; stopped →
 * mounted, and no more. One that a job holds comes after that job. Returns how many jobs it took at once; how those end, and
 * what comes later, is followed by the restoration.
 */
export async function restoreWantedStates(parts: RestoreParts): Promise<number> {
  const wanted = await datasetsToRestore(parts.datasets.catalog.objects).catch((error: unknown) => {
    parts.restoration.giveUp();
    throw error;
  });
  parts.restoration.expect(wanted.map(({ reference }) => reference));
  const begun = await Promise.all(wanted.map((dataset) => bringBackOrCount(parts, dataset)));
  return begun.filter(Boolean).length;
}

/** What has to be looked at before anybody works on it. */
export async function datasetsToRestore({ datasets }: CatalogReads): Promise<readonly Dataset[]> {
  return (await datasets.list({ where: { wantedState: ["RUNNING", "STOPPED"] } })).filter(livesOnAHost);
}

function livesOnAHost(dataset: Dataset): boolean {
  return dataset.kind === "VDB" || dataset.pluginType !== "DIRECT";
}

/** Says whether it took a job at once. One that cannot even be tried counts as failed, and holds no other up. */
async function bringBackOrCount(parts: RestoreParts, dataset: Dataset): Promise<boolean> {
  try {
    return await bringBack(parts, dataset);
  } catch (error) {
    await count(parts, dataset, EngineError.from(error));
    return false;
  }
}

/** One that somebody's job holds is tried again after that job, which may have left it down. */
async function bringBack(parts: RestoreParts, dataset: Dataset): Promise<boolean> {
  const { started, error } = await begin(parts, dataset);
  const holder = error?.code === "CONFLICT" ? error.details["job"] : undefined;
  if (typeof holder === "string" && isReference(holder, "JOB")) {
    const again = (): Promise<boolean> => bringBackOrCount(parts, dataset);
    void untilEnded(parts, holder).then(again, again);
    return false;
  }
  if (!parts.signal.aborted) await parts.letGo(dataset.reference);
  if (started === undefined) await count(parts, dataset, error);
  else
    void parts.ended(started.job).then(
      (job) => count(parts, dataset, job.error),
      () => settle(parts, dataset),
    );
  return started !== undefined;
}

interface Begun {
  readonly started: Started | undefined;
  readonly error: EngineError | null;
}

async function begin(parts: RestoreParts, { reference }: Dataset): Promise<Begun> {
  try {
    parts.signal.throwIfAborted();
    await Promise.all(parts.takenOver(reference).map((job) => parts.ended(job.reference, parts.signal)));
    return { started: await restore(parts, reference), error: null };
  } catch (thrown) {
    return { started: undefined, error: EngineError.from(thrown) };
  }
}

// It may be a job of another engine, of whose end nobody tells.
async function untilEnded({ datasets, clock, signal }: RestoreParts, reference: Reference<"JOB">): Promise<void> {
  for (;;) {
    await clock.sleep(LOOK_AGAIN_MS, signal);
    const job = await datasets.catalog.journal.findJob(reference);
    if (job === undefined || hasEnded(job)) return;
  }
}

// A conflict that is left is with somebody who wants the dataset to be something else by now.
async function count(parts: RestoreParts, dataset: Dataset, error: EngineError | EngineErrorShape | null): Promise<void> {
  if (parts.signal.aborted || error === null || error.code === "CONFLICT" || error.code === "CANCELED") {
    settle(parts, dataset);
    return;
  }
  await raise(parts, dataset.reference, error).catch(() => undefined);
  parts.restoration.fail({ dataset: dataset.reference, name: dataset.name }, error);
}

// What the end of the engine has cut off is not there.
function settle({ restoration, signal }: RestoreParts, { reference }: Dataset): void {
  if (!signal.aborted) restoration.settle(reference);
}

// What a dataset is wanted to be is looked up again: the job before may have changed it, or deleted the dataset.
async function restore(parts: RestoreParts, reference: Dataset["reference"]): Promise<Started | undefined> {
  const dataset = await parts.datasets.catalog.objects.datasets.find(reference);
  if (dataset?.stage !== "READY" || dataset.wantedState === "DISABLED") return undefined;
  if (!(await areMountsThere(parts, dataset))) {
    await recordDown(parts, dataset);
    return dataset.wantedState === "RUNNING" ? parts.enable(dataset, ENGINE) : parts.mountStopped(dataset, ENGINE);
  }
  if (dataset.wantedState !== "RUNNING") return undefined;
  const status = await parts.monitor
    .observe(dataset, AbortSignal.any([parts.signal, AbortSignal.timeout(STATUS_LIMIT_MS)]))
    .catch(() => "UNKNOWN");
  if (status !== "INACTIVE") return undefined;
  await recordDown(parts, dataset);
  return parts.enable(dataset, ENGINE);
}

async function areMountsThere(parts: RestoreParts, dataset: Dataset): Promise<boolean> {
  if (dataset.currentTimeflow === null) return true;
  const { scenes, mounts } = parts.datasets;
  const timeflow = await scenes.timeflow(dataset.currentTimeflow);
  const scene = dataset.kind === "VDB" ? await scenes.virtual(dataset.reference) : await scenes.linked(dataset.reference);
  return mounts.areComplete(scene, timeflow);
}

// Until it is back, nobody should be told what it was before the engine stopped.
async function recordDown({ datasets }: RestoreParts, { reference }: Dataset): Promise<void> {
  const set = { status: "INACTIVE", statusAt: datasets.now() } as const;
  await datasets.catalog.transact((transaction) => transaction.apply([{ collection: "datasets", update: reference, set }]));
}

// Whatever brings the dataset to what it is wanted to be mends this fault.
async function raise({ datasets }: RestoreParts, target: Dataset["reference"], error: EngineErrorShape | EngineError): Promise<void> {
  await datasets.catalog.transact(async (transaction) => {
    const dataset = await transaction.objects.datasets.find(target);
    if (dataset === undefined || dataset.wantedState === "DISABLED") return;
    const { name, wantedState } = dataset;
    await faultsOf(transaction, { target, targetName: name }, datasets.now()).raise({
      code: NOT_AS_WANTED,
      message: `${name} is wanted to be ${wantedState}, but could not be brought back: ${error.message}`,
      action: `Mend the cause, then ${wantedState === "RUNNING" ? "enable" : "start"} ${name}, or disable it. ${error.action}`.trim(),
    });
  });
}
