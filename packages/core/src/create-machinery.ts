import { Refusals } from "./actions/refusals.ts";
import { recordSizeOf } from "./datasets/dataset-checks.ts";
import { DatasetMounts } from "./datasets/dataset-mounts.ts";
import type { DatasetParts } from "./datasets/dataset-parts.ts";
import { Scenes } from "./datasets/scenes.ts";
import type { EngineParts } from "./engine-parts.ts";
import { Jobs } from "./jobs/jobs.ts";
import { JobProgress } from "./jobs/job-progress.ts";
import { JobWatchers } from "./jobs/job-watchers.ts";
import { openGate } from "./jobs/step-gate.ts";
import { WorkflowRegistry } from "./jobs/workflow-registry.ts";
import { Measuring } from "./monitoring/measure.ts";
import { Monitor } from "./monitoring/monitor.ts";
import { Definitions } from "./plugins/definitions.ts";
import { HeldArtifacts } from "./plugins/held-artifacts.ts";
import { PluginOperations } from "./plugins/operations.ts";
import type { UpgradeParts } from "./plugins/upgrade.ts";
import { noTracer } from "./ports/tracer.ts";
import { Pools } from "./storage/pools.ts";
import { DirectChanges } from "./use-cases/direct-changes.ts";
import type { UseCaseParts } from "./use-cases/use-case-parts.ts";

/** What turns below the use cases. */
export interface Machinery {
  readonly registry: WorkflowRegistry;
  readonly watchers: JobWatchers;
  readonly progress: JobProgress;
  readonly datasets: DatasetParts;
  readonly upgrading: UpgradeParts;
  readonly useCases: UseCaseParts;
  readonly monitor: Monitor;
  readonly measuring: Measuring;
  readonly refusals: Refusals;
}

/** Puts jobs, datasets, plugins and monitoring on the ports. Nothing happens yet. */
export function createMachinery(parts: EngineParts, endMarked: (mark: string) => Promise<void>): Machinery {
  const { catalog, clock, ids, settings } = parts;
  const now = (): string => clock.now().toISOString();
  const pools = new Pools(catalog, parts.storage);
  const scenes = new Scenes(catalog.objects, parts.hosts, pools);
  const definitions = new Definitions(parts.secrets);
  const mounts = new DatasetMounts({ catalog, scenes, mounterFor: parts.mounterFor, now });
  const operations = new PluginOperations({ ...parts, definitions, timeLimits: settings.timeLimits });
  const watchers = new JobWatchers();
  const progress = new JobProgress(clock, watchers);
  const registry = new WorkflowRegistry();
  const jobs = new Jobs({
    catalog,
    clock,
    ids,
    secrets: parts.secrets,
    registry,
    watchers,
    now,
    endMarked,
    gate: parts.gate ?? openGate,
    tracer: parts.tracer ?? noTracer,
    engineId: settings.engineId,
    retryDelaysMs: settings.retryDelaysMs,
    progress,
    letGo: (job) => {
      mounts.jobEnded(job);
      // While a job holds its dataset, nothing could be measured.
      measuring.jobEnded(job);
    },
    reportOutage: (error, job) => parts.report("warn", `${job.reference} (${job.title}) waits until the catalog can be written`, error),
    reportDefect: (error, job) => parts.report("error", `${job.reference} (${job.title}) met a defect of the engine`, error),
  });
  const datasets: DatasetParts = {
    catalog,
    scenes,
    operations,
    mounts,
    mounterFor: parts.mounterFor,
    storageOf: (pool) => pools.driver(pool),
    recordSizeOf,
    preparationPath: settings.preparationPath,
    now,
  };
  const measuring = new Measuring(datasets, {
    background: jobs.background,
    clock,
    engineId: settings.engineId,
    report: (dataset, error) => parts.report("warn", `The source size of ${dataset.name} could not be found out`, error),
  });
  const changes = new DirectChanges(catalog, ids, now);
  return {
    registry,
    watchers,
    progress,
    datasets,
    upgrading: {
      runtime: parts.runtime,
      artifacts: parts.artifacts,
      objects: catalog.objects,
      clock,
      definitions,
      timeLimits: settings.timeLimits,
      held: createHeldArtifacts(parts, definitions),
    },
    useCases: { catalog, jobs, changes, definitions, operations, pools, ids, settings, now },
    monitor: new Monitor({ datasets, background: jobs.background, clock, settings }),
    measuring,
    refusals: new Refusals({ ...parts, report: (error) => parts.report("warn", "What was refused could not be recorded", error) }),
  };
}

function createHeldArtifacts({ catalog, artifacts, report }: EngineParts, definitions: Definitions): HeldArtifacts {
  return new HeldArtifacts(catalog, artifacts, {
    gone: (artifact) => definitions.forget(artifact),
    report: (error) => report("warn", "An artifact that nobody needs any more stays until the next start", error),
  });
}
