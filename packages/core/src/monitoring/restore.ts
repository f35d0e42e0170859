import type { DatasetParts } from "../datasets/dataset-parts.ts";
import type { Dataset } from "../entities/dataset.ts";
import type { Ask, Started } from "../use-cases/engine.ts";
import type { Monitor } from "./monitor.ts";

export interface RestoreParts {
  readonly datasets: DatasetParts;
  readonly monitor: Monitor;
  /** Resolves when no job taken over at the start is about the dataset any more. */
  readonly untilFree: (dataset: Dataset["reference"]) => Promise<void>;
  readonly enable: (dataset: Dataset, ask: Ask) => Promise<Started>;
  readonly mountStopped: (dataset: Dataset, ask: Ask) => Promise<Started>;
}

const ENGINE: Ask = { by: { name: "engine", role: "operator" }, isQueued: false };

/**
 * Brings datasets back to their wanted state after a start of the engine: wanted running but down → enable; stopped →
 * mounted, and no more. One that a taken-over job is about comes after that job. Returns how many jobs it took.
 */
export async function restoreWantedStates(parts: RestoreParts): Promise<number> {
  const all = await parts.datasets.catalog.objects.datasets.list({ where: { wantedState: ["RUNNING", "STOPPED"] } });
  const restoring = all.map(async ({ reference }) => {
    await parts.untilFree(reference);
    return restore(parts, reference);
  });
  return (await Promise.all(restoring)).filter(Boolean).length;
}

// What a dataset is wanted to be is looked up again: the job before may have changed it, or deleted the dataset.
async function restore(parts: RestoreParts, reference: Dataset["reference"]): Promise<boolean> {
  const dataset = await parts.datasets.catalog.objects.datasets.find(reference);
  if (dataset?.stage !== "READY" || dataset.wantedState === "DISABLED") return false;
  if (dataset.kind === "DSOURCE" && dataset.pluginType === "DIRECT") return false;
  if (!(await areMountsThere(parts, dataset))) {
    await recordDown(parts, dataset);
    return started(dataset.wantedState === "RUNNING" ? parts.enable(dataset, ENGINE) : parts.mountStopped(dataset, ENGINE));
  }
  return dataset.wantedState === "RUNNING" && enableIfDown(parts, dataset);
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

async function enableIfDown(parts: RestoreParts, dataset: Dataset): Promise<boolean> {
  const status = await parts.monitor.observe(dataset, AbortSignal.timeout(60_000)).catch(() => "UNKNOWN");
  return status === "INACTIVE" ? started(parts.enable(dataset, ENGINE)) : false;
}

// A dataset that a job holds, or that cannot be brought back, is the monitor's to report.
async function started(job: Promise<Started>): Promise<boolean> {
  return job.then(
    () => true,
    () => false,
  );
}
