import type { Host } from "./entities/environment.ts";
import type { Job } from "./entities/job.ts";
import { DatasetMounts } from "./datasets/dataset-mounts.ts";
import { recordSizeOf } from "./datasets/dataset-checks.ts";
import type { DatasetParts } from "./datasets/dataset-parts.ts";
import { Scenes } from "./datasets/scenes.ts";
import { createEnvironmentUseCases } from "./environments/environment-use-cases.ts";
import { createSourceConfigUseCases } from "./environments/source-config-use-cases.ts";
import { createFaultUseCases } from "./faults/fault-use-cases.ts";
import { createHookUseCases } from "./hooks/hook-use-cases.ts";
import { Jobs } from "./jobs/jobs.ts";
import { createJobUseCases } from "./jobs/job-use-cases.ts";
import { JobWatchers } from "./jobs/job-watchers.ts";
import { Lease } from "./jobs/lease.ts";
import { monitorMark } from "./jobs/mark.ts";
import type { Plan } from "./jobs/plan.ts";
import { openGate, type StepGate } from "./jobs/step-gate.ts";
import { WorkflowRegistry } from "./jobs/workflow-registry.ts";
import { createLinkedSourceUseCases } from "./linked-sources/linked-source-use-cases.ts";
import { audit, type Disagreement } from "./monitoring/audit.ts";
import { Measuring } from "./monitoring/measure.ts";
import { Monitor } from "./monitoring/monitor.ts";
import { restoreWantedStates } from "./monitoring/restore.ts";
import { createResolve } from "./naming/resolve.ts";
import { Definitions } from "./plugins/definitions.ts";
import { PluginOperations } from "./plugins/operations.ts";
import { createPluginUseCases } from "./plugins/plugin-use-cases.ts";
import { redactSealed } from "./plugins/sealing.ts";
import type { ArtifactStore } from "./ports/artifact-store.ts";
import type { Catalog } from "./ports/catalog.ts";
import type { Clock } from "./ports/clock.ts";
import type { Hosts } from "./ports/hosts.ts";
import type { Ids } from "./ports/ids.ts";
import type { Mounter } from "./ports/mounter.ts";
import type { PasswordHasher } from "./ports/password-hasher.ts";
import type { PluginLogs } from "./ports/plugin-logs.ts";
import type { PluginRuntime } from "./ports/plugin-runtime.ts";
import type { Secrets } from "./ports/secrets.ts";
import type { StorageTechnology } from "./ports/storage-driver.ts";
import type { CoreSettings } from "./settings/core-settings.ts";
import { createSnapshotUseCases } from "./snapshots/snapshot-use-cases.ts";
import { createPoolUseCases } from "./storage/pool-use-cases.ts";
import { Pools, type PoolSetting } from "./storage/pools.ts";
import { createTimeflowUseCases } from "./timeflows/timeflow-use-cases.ts";
import { DirectChanges } from "./use-cases/direct-changes.ts";
import type { Engine } from "./use-cases/engine.ts";
import type { UseCaseParts } from "./use-cases/use-case-parts.ts";
import { createUserUseCases } from "./users/user-use-cases.ts";
import { createVirtualSourceUseCases } from "./virtual-sources/virtual-source-use-cases.ts";
import { createWorkflows } from "./workflows.ts";

/** Everything outside that the product stands on. */
export interface EngineParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  readonly passwords: PasswordHasher;
  readonly hosts: Hosts;
  readonly mounterFor: (host: Host) => Mounter;
  readonly storage: readonly StorageTechnology[];
  readonly runtime: PluginRuntime;
  readonly artifacts: ArtifactStore;
  readonly logs: PluginLogs;
  readonly settings: CoreSettings;
  /** The engine's own host: where storage commands and direct syncs run. */
  readonly ownHost: Host;
  /** Told of defects and of what only the log keeps. */
  readonly report: (level: "warn" | "error", message: string, error: unknown) => void;
  /** Tests hold jobs at their points. */
  readonly gate?: StepGate;
}

export interface RunningEngine extends Engine {
  /** Opens the pools, takes up what a former process left, and brings datasets to their wanted states. */
  start(pools: readonly PoolSetting[]): Promise<void>;
  /** Resolves once every dataset that had to be brought back has its job. */
  readonly restored: Promise<number>;
  /** Ends in order: no new jobs, those that run get a grace, the rest stays in the journal. */
  close(graceMs: number): Promise<void>;
  /** Brings datasets that are not as wanted to their wanted states, as at a start. Resolves to the number of jobs begun. */
  restore(): Promise<number>;
  /** Compares the catalog with pools and mounts. Changes nothing. */
  audit(): Promise<readonly Disagreement[]>;
  /** Every workflow as numbered steps: what the engine may do, as data. */
  plans(): readonly Plan[];
}

/** Puts the product together. Nothing happens before `start`. */
export function createEngine(parts: EngineParts): RunningEngine {
  const { catalog, clock, ids, settings } = parts;
  const now = (): string => clock.now().toISOString();
  const pools = new Pools(catalog, parts.storage);
  const scenes = new Scenes(catalog.objects, parts.hosts, pools);
  const definitions = new Definitions(parts.secrets);
  const mounts = new DatasetMounts({ catalog, scenes, mounterFor: parts.mounterFor, now });
  const operations = new PluginOperations({ ...parts, definitions, timeLimits: settings.timeLimits });
  const watchers = new JobWatchers();
  const registry = new WorkflowRegistry();
  const endMarked = (mark: string): Promise<void> => endMarkedEverywhere(parts, mark);
  const jobs = new Jobs({
    catalog,
    clock,
    ids,
    registry,
    watchers,
    now,
    endMarked,
    gate: parts.gate ?? openGate,
    engineId: settings.engineId,
    retryDelaysMs: settings.retryDelaysMs,
    progress: (job, _step, { percent }) => watchers.tell({ job: withProgress(job, percent) }),
    // While a job holds its dataset, nothing could be measured.
    letGo: (job) => measuring.jobEnded(job),
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
  const workflows = createWorkflows(datasets, registry);
  const changes = new DirectChanges(catalog, ids, now);
  const useCases: UseCaseParts = { catalog, jobs, changes, definitions, operations, pools, ids, settings, now };
  const monitor = new Monitor({ datasets, background: jobs.background, clock, settings });
  const measuring = new Measuring(datasets, {
    background: jobs.background,
    engineId: settings.engineId,
    report: (dataset, error) => parts.report("warn", `The source size of ${dataset.name} could not be found out`, error),
  });
  const jobUseCases = createJobUseCases({ catalog, jobs, watchers });
  const virtualSources = createVirtualSourceUseCases(useCases, workflows.virtual);
  const linkedSources = createLinkedSourceUseCases(useCases, workflows.linked);
  workflows.register(jobs);
  const lease = new Lease({ catalog, clock, ids });
  let restored: Promise<number> = Promise.resolve(0);
  let takenOver: readonly Job[] = [];
  const restore = (): Promise<number> =>
    restoreWantedStates({
      datasets,
      monitor,
      untilFree: async (dataset) => {
        await Promise.all(takenOver.filter((job) => job.target === dataset).map((job) => jobUseCases.ended(job.reference)));
      },
      enable: (dataset, ask) =>
        dataset.kind === "VDB" ? virtualSources.enable(dataset.reference, ask) : linkedSources.enable(dataset.reference, ask),
      mountStopped: (dataset, ask) => workflows.mountStopped(jobs, dataset, ask),
    });

  return {
    objects: catalog.objects,
    journal: catalog.journal,
    environments: createEnvironmentUseCases({ ...useCases, hosts: parts.hosts }, workflows.environments),
    sourceConfigs: createSourceConfigUseCases(useCases),
    linkedSources,
    virtualSources,
    hooks: createHookUseCases(useCases),
    snapshots: createSnapshotUseCases(useCases, workflows.deleteSnapshot),
    timeflows: createTimeflowUseCases(useCases, workflows.deleteTimeflow),
    plugins: createPluginUseCases({ ...useCases, artifacts: parts.artifacts, runtime: parts.runtime, logs: parts.logs }),
    jobs: jobUseCases,
    faults: createFaultUseCases(useCases, jobUseCases),
    pools: createPoolUseCases(useCases),
    users: createUserUseCases({ ...useCases, passwords: parts.passwords, clock }),
    ...createResolve(catalog.objects),
    redacted: redactSealed,
    restore,
    audit: () => audit(datasets, pools),
    plans: () => registry.all(),
    get restored() {
      return restored;
    },
    start: async (poolSettings) => {
      await pools.open(poolSettings, now());
      await endMarked(monitorMark(settings.engineId));
      takenOver = await jobs.takeOver(await lease.take());
      restored = restore();
      restored.catch((error: unknown) => parts.report("error", "Datasets could not be brought back to their wanted states", error));
      monitor.start();
    },
    close: async (graceMs) => {
      await Promise.all([monitor.close(), measuring.close(), jobs.background.close()]);
      await jobs.close(graceMs);
      await lease.giveBack();
    },
  };
}

function withProgress(job: Job, percent: number): Job {
  return { ...job, percentComplete: Math.max(job.percentComplete, Math.min(99, Math.floor(percent))) };
}

/** On every host that jobs can have used, the engine's own included. */
async function endMarkedEverywhere(parts: EngineParts, mark: string): Promise<void> {
  const hosts = [parts.ownHost, ...(await parts.catalog.objects.hosts.list())];
  const connections = await Promise.all(hosts.map((host) => parts.hosts.connect(host)));
  await Promise.all([...new Set(connections)].map((connection) => connection.endMarked(mark)));
}
