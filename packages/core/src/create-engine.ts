import { ActionGroups } from "./actions/action-groups.ts";
import { createActionUseCases } from "./actions/action-use-cases.ts";
import { ActionRetention } from "./actions/retention.ts";
import { createMachinery, type Machinery } from "./create-machinery.ts";
import type { EngineParts, RunningEngine } from "./engine-parts.ts";
import type { Job } from "./entities/job.ts";
import { createEnvironmentUseCases } from "./environments/environment-use-cases.ts";
import { createSourceConfigUseCases } from "./environments/source-config-use-cases.ts";
import { createFaultUseCases } from "./faults/fault-use-cases.ts";
import { createHookUseCases } from "./hooks/hook-use-cases.ts";
import { createJobUseCases } from "./jobs/job-use-cases.ts";
import { Lease } from "./jobs/lease.ts";
import { monitorMark } from "./jobs/mark.ts";
import { createLinkedSourceUseCases } from "./linked-sources/linked-source-use-cases.ts";
import { audit } from "./monitoring/audit.ts";
import { Restoration } from "./monitoring/restoration.ts";
import { datasetsToRestore, restoreWantedStates } from "./monitoring/restore.ts";
import { takeDownDatasets, type TakeDownParts } from "./monitoring/take-down.ts";
import { createResolve } from "./naming/resolve.ts";
import { createPluginUseCases } from "./plugins/plugin-use-cases.ts";
import { redactSealed } from "./plugins/sealing.ts";
import { noTracer } from "./ports/tracer.ts";
import { createSnapshotUseCases } from "./snapshots/snapshot-use-cases.ts";
import { createPoolUseCases } from "./storage/pool-use-cases.ts";
import { createTimeflowUseCases } from "./timeflows/timeflow-use-cases.ts";
import type { Engine } from "./use-cases/engine.ts";
import { createUserUseCases } from "./users/user-use-cases.ts";
import { createVirtualSourceUseCases } from "./virtual-sources/virtual-source-use-cases.ts";
import { createWorkflows, type Workflows } from "./workflows.ts";

/** Puts the product together. Nothing happens before `start`. */
export function createEngine(given: EngineParts): RunningEngine {
  const lease = new Lease(given);
  const parts: EngineParts = { ...given, catalog: lease.fence() };
  const endMarked = (mark: string): Promise<void> => endMarkedEverywhere(parts, mark);
  const machinery = createMachinery(parts, endMarked);
  const { registry, datasets, useCases, monitor, measuring } = machinery;
  const { jobs, pools, now } = useCases;
  const workflows = createWorkflows(datasets, machinery.upgrading, registry);
  workflows.register(jobs);
  const restoration = new Restoration();
  const stop = new AbortController();
  const groups = createGroups(parts, now, stop.signal);
  const front = createFront(parts, { ...machinery, restoration, groups }, workflows);
  const retention = createRetention(parts);
  lease.onRenewed(() => jobs.lookAgain());
  let restored: Promise<number> = Promise.resolve(0);
  let takenOver: readonly Job[] = [];
  const restore = (counted = new Restoration()): Promise<number> =>
    restoreWantedStates({
      datasets,
      clock: parts.clock,
      monitor,
      signal: stop.signal,
      restoration: counted,
      ended: (job, signal) => front.jobs.ended(job, signal),
      takenOver: (dataset) => takenOver.filter(({ target }) => target === dataset),
      letGo: (dataset) => jobs.letGo(dataset),
      enable: ({ kind, reference, wantedState }, ask) =>
        (kind === "VDB" ? front.virtualSources : front.linkedSources).enable(reference, ask, wantedState),
      mountStopped: (dataset, ask) => workflows.mountStopped(jobs, dataset, ask),
    });

  return {
    ...front,
    restore: () => restore(),
    restoration,
    takeDown: async (request) => {
      // What such a job mounts is to be taken down as well.
      await Promise.all(takenOver.map((job) => front.jobs.ended(job.reference)));
      const takeDown: TakeDownParts["takeDown"] = (dataset, how) => workflows.takeDown(jobs, { dataset, ...how });
      return takeDownDatasets({ catalog: parts.catalog, ended: (job) => front.jobs.ended(job), takeDown }, request);
    },
    audit: () => audit(datasets, pools),
    plans: () => registry.all(),
    get restored() {
      return restored;
    },
    start: async (poolSettings, { willBringBack = true } = {}) => {
      await pools.open(poolSettings, now());
      await endMarked(monitorMark(parts.settings.engineId));
      const wanted = willBringBack ? await datasetsToRestore(parts.catalog.objects) : undefined;
      await machinery.upgrading.held.sweep();
      const owner = await lease.take();
      await groups.endCutOff();
      takenOver = await jobs.takeOver(owner, wanted?.map(({ reference }) => reference) ?? "EVERYTHING");
    },
    bringBack: () => {
      restored = restore(restoration);
      restored.catch((error: unknown) => parts.report("error", "Datasets could not be brought back to their wanted states", error));
      monitor.start((dataset) => restoration.awaits(dataset));
      retention.start();
    },
    close: async (graceMs) => {
      stop.abort(new Error("The engine stops."));
      await restored.catch(() => undefined);
      await Promise.all([monitor.close(), measuring.close(), jobs.background.close(), retention.close()]);
      await jobs.close(graceMs);
      await machinery.refusals.written();
      await lease.giveBack();
    },
  };
}

function createRetention(parts: EngineParts): ActionRetention {
  const report = (error: unknown): void => parts.report("warn", "What was asked long ago could not be forgotten", error);
  return new ActionRetention({ ...parts, keepDays: parts.settings.keepActionsDays, report });
}

function createGroups({ catalog, clock, report }: EngineParts, now: () => string, signal: AbortSignal): ActionGroups {
  return new ActionGroups({ catalog, clock, now, signal, report: (error) => report("error", "What was asked for met a defect", error) });
}

/** Everything that can be asked of the engine. */
function createFront(
  parts: EngineParts,
  given: Machinery & { readonly restoration: Restoration; readonly groups: ActionGroups },
  workflows: Workflows,
): Engine {
  const { useCases, upgrading, watchers, progress, restoration, refusals, groups } = given;
  const { catalog, hosts, artifacts, runtime, logs, passwords, clock } = parts;
  const jobs = createJobUseCases({ catalog, jobs: useCases.jobs, watchers, tracer: parts.tracer ?? noTracer });
  return {
    objects: catalog.objects,
    journal: progress.shownIn(catalog.journal),
    environments: createEnvironmentUseCases({ ...useCases, hosts }, workflows.environments),
    sourceConfigs: createSourceConfigUseCases(useCases),
    linkedSources: createLinkedSourceUseCases(useCases, workflows.linked),
    virtualSources: createVirtualSourceUseCases(useCases, workflows.virtual),
    hooks: createHookUseCases(useCases),
    snapshots: createSnapshotUseCases(useCases, workflows.deleteSnapshot),
    timeflows: createTimeflowUseCases(useCases, workflows.deleteTimeflow),
    plugins: createPluginUseCases({ ...useCases, artifacts, runtime, logs, clock, held: upgrading.held }, workflows.upgradePlugin),
    jobs,
    faults: createFaultUseCases(useCases, jobs),
    pools: createPoolUseCases(useCases),
    users: createUserUseCases({ ...useCases, passwords, clock, refusals }),
    actions: createActionUseCases({ refusals, changes: useCases.changes, groups }),
    restoring: () => restoration.state,
    ...createResolve(catalog.objects),
    redacted: redactSealed,
  };
}

/** On every host that jobs can have used, the engine's own included. */
async function endMarkedEverywhere(parts: EngineParts, mark: string): Promise<void> {
  const hosts = [parts.ownHost, ...(await parts.catalog.objects.hosts.list())];
  const connections = await Promise.all(hosts.map((host) => parts.hosts.connect(host)));
  await Promise.all([...new Set(connections)].map((connection) => connection.endMarked(mark)));
}
