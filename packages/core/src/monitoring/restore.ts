import type { DatasetParts } from "../datasets/dataset-parts.ts";
import type { Dataset } from "../entities/dataset.ts";
import type { Ask, Started } from "../use-cases/engine.ts";
import type { Monitor } from "./monitor.ts";

export interface RestoreParts {
  readonly datasets: DatasetParts;
  readonly monitor: Monitor;
  readonly enable: (dataset: Dataset, ask: Ask) => Promise<Started>;
  readonly mountStopped: (dataset: Dataset, ask: Ask) => Promise<Started>;
}

const ENGINE: Ask = { by: { name: "engine", role: "operator" }, isQueued: false };

/**
 * Brings datasets back to their wanted state after a start of the engine: wanted running but down → enable; stopped →
 * mounted, and no more. One that a job holds is left to that job. Returns how many jobs it took.
 */
export async function restoreWantedStates(parts: RestoreParts): Promise<number> {
  const { catalog } = parts.datasets;
  const all = await catalog.objects.datasets.list({ where: { stage: "READY", wantedState: ["RUNNING", "STOPPED"] } });
  const jobs: Promise<boolean>[] = [];
  for (const dataset of all) {
    if (dataset.kind === "DSOURCE" && dataset.pluginType === "DIRECT") continue;
    if (!(await areMountsThere(parts, dataset))) {
      jobs.push(started(dataset.wantedState === "RUNNING" ? parts.enable(dataset, ENGINE) : parts.mountStopped(dataset, ENGINE)));
    } else if (dataset.wantedState === "RUNNING") {
      jobs.push(enableIfDown(parts, dataset));
    }
  }
  return (await Promise.all(jobs)).filter(Boolean).length;
}

async function areMountsThere(parts: RestoreParts, dataset: Dataset): Promise<boolean> {
  if (dataset.currentTimeflow === null) return true;
  const { scenes, mounts } = parts.datasets;
  const timeflow = await scenes.timeflow(dataset.currentTimeflow);
  const scene = dataset.kind === "VDB" ? await scenes.virtual(dataset.reference) : await scenes.linked(dataset.reference);
  return mounts.areComplete(scene, timeflow);
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
