import { EngineError, type EngineErrorShape, type Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import type { Dataset } from "../entities/dataset.ts";
import type { Job } from "../entities/job.ts";
import { faultsOf } from "../faults/faults-of.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { Ask, Started } from "../use-cases/engine.ts";
import { NOT_AS_WANTED } from "../datasets/wanted-state.ts";
import type { Monitor } from "./monitor.ts";
import type { Restoration } from "./restoration.ts";

export interface RestoreParts {
  readonly datasets: DatasetParts;
  readonly monitor: Monitor;
  /** Counts the datasets as they come back. */
  readonly restoration: Restoration;
  /** Resolves when no job taken over at the start is about the dataset any more. */
  readonly untilFree: (dataset: Dataset["reference"]) => Promise<void>;
  readonly ended: (job: Reference<"JOB">) => Promise<Job>;
  /** Told of each dataset that has been looked at: from then on jobs that wait for it may take their turns. */
  readonly letGo: (dataset: Dataset["reference"]) => Promise<void>;
  readonly enable: (dataset: Dataset, ask: Ask) => Promise<Started>;
  readonly mountStopped: (dataset: Dataset, ask: Ask) => Promise<Started>;
}

const ENGINE: Ask = { by: { name: "engine", role: "operator" }, isAheadOfQueue: true };

/**
 * Brings datasets back to their wanted state after a start of the engine: wanted running but down → enable; stopped →
 * mounted, and no more. One that a taken-over job is about comes after that job. Returns how many jobs it took; how those
 * end is followed by the restoration.
 */
export async function restoreWantedStates(parts: RestoreParts): Promise<number> {
  const wanted = await datasetsToRestore(parts.datasets.catalog.objects);
  parts.restoration.expect(wanted.length);
  const begun = await Promise.all(
    wanted.map(async (dataset) => {
      await parts.untilFree(dataset.reference);
      const hasBegun = await follow(parts, dataset, () => restore(parts, dataset.reference));
      await parts.letGo(dataset.reference);
      return hasBegun;
    }),
  );
  return begun.filter(Boolean).length;
}

/** What has to be looked at before anybody works on it. */
export async function datasetsToRestore({ datasets }: CatalogReads): Promise<readonly Dataset[]> {
  return (await datasets.list({ where: { wantedState: ["RUNNING", "STOPPED"] } })).filter(livesOnAHost);
}

function livesOnAHost(dataset: Dataset): boolean {
  return dataset.kind === "VDB" || dataset.pluginType !== "DIRECT";
}

/** Begins what must be done, says whether that took a job, and has its end counted. */
async function follow(parts: RestoreParts, dataset: Dataset, begin: () => Promise<Started | undefined>): Promise<boolean> {
  try {
    const started = await begin();
    if (started === undefined) parts.restoration.settle();
    else
      void parts.ended(started.job).then(
        (job) => count(parts, dataset, job.error),
        () => parts.restoration.settle(),
      );
    return started !== undefined;
  } catch (thrown) {
    await count(parts, dataset, EngineError.from(thrown));
    return false;
  }
}

// A dataset that a user's job holds is that job's affair by now.
async function count(parts: RestoreParts, { reference, name }: Dataset, error: EngineError | EngineErrorShape | null): Promise<void> {
  if (error === null || error.code === "CONFLICT" || error.code === "CANCELED") {
    parts.restoration.settle();
    return;
  }
  await raise(parts, reference, error).catch(() => undefined);
  parts.restoration.fail({ dataset: reference, name }, error);
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
  const status = await parts.monitor.observe(dataset, AbortSignal.timeout(60_000)).catch(() => "UNKNOWN");
  return status === "INACTIVE" ? parts.enable(dataset, ENGINE) : undefined;
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
