import type { JsonObject, Reference } from "@opendvp/model";
import type { DatasetParts } from "./datasets/dataset-parts.ts";
import { mustStillBeWanted, timeflowOf, virtualSource } from "./datasets/dataset-checks.ts";
import { found } from "./datasets/scenes.ts";
import type { Dataset } from "./entities/dataset.ts";
import { createCreateEnvironment } from "./environments/create.ts";
import { createDeleteEnvironment } from "./environments/delete.ts";
import { createDiscover } from "./environments/discover.ts";
import type { EnvironmentWorkflows } from "./environments/environment-use-cases.ts";
import type { JobRequest } from "./jobs/job-request.ts";
import type { Jobs } from "./jobs/jobs.ts";
import { exclusive, shared } from "./jobs/locks.ts";
import type { Choose, Facts, Workflow } from "./jobs/workflow.ts";
import type { WorkflowRegistry } from "./jobs/workflow-registry.ts";
import { createDeleteLinked } from "./linked-sources/delete.ts";
import { createDisableLinked } from "./linked-sources/disable.ts";
import { createEnableLinked } from "./linked-sources/enable.ts";
import { createLink } from "./linked-sources/link.ts";
import type { LinkedWorkflows } from "./linked-sources/linked-source-use-cases.ts";
import { createSync } from "./linked-sources/sync.ts";
import { createTakeDownLinked } from "./linked-sources/take-down.ts";
import { submitTakeDown, type TakeDownOrder } from "./monitoring/submit-take-down.ts";
import { createUpgradePlugin, type UpgradeParts } from "./plugins/upgrade.ts";
import type { UpgradeFacts } from "./plugins/upgrade-facts.ts";
import { createDeleteSnapshot, type DeleteSnapshotFacts } from "./snapshots/delete.ts";
import { createPrepare, type PrepareFacts } from "./snapshots/prepare.ts";
import { createDeleteTimeflow, type DeleteTimeflowFacts } from "./timeflows/delete.ts";
import type { Ask, Started } from "./use-cases/asking.ts";
import { createCreateEmpty } from "./virtual-sources/create-empty.ts";
import { createDelete } from "./virtual-sources/delete.ts";
import { createDisable } from "./virtual-sources/disable.ts";
import { createEnable } from "./virtual-sources/enable.ts";
import { createMountStopped } from "./virtual-sources/mount-stopped.ts";
import { createProvision } from "./virtual-sources/provision.ts";
import { createRefresh } from "./virtual-sources/refresh.ts";
import { createRollback } from "./virtual-sources/rollback.ts";
import { createSnapshot } from "./virtual-sources/snapshot.ts";
import { createStart } from "./virtual-sources/start.ts";
import { createStop } from "./virtual-sources/stop.ts";
import { createTakeDown } from "./virtual-sources/take-down.ts";
import { createUndo } from "./virtual-sources/undo.ts";
import { vdbLocks } from "./virtual-sources/vdb-locks.ts";
import type { VirtualWorkflows } from "./virtual-sources/virtual-workflows.ts";
import type { VirtualFacts } from "./virtual-sources/virtual-facts.ts";

/** Every workflow that the engine has. */
export interface Workflows {
  readonly virtual: VirtualWorkflows;
  readonly linked: LinkedWorkflows;
  readonly environments: EnvironmentWorkflows;
  readonly deleteSnapshot: Workflow<DeleteSnapshotFacts>;
  readonly deleteTimeflow: Workflow<DeleteTimeflowFacts>;
  readonly upgradePlugin: Workflow<UpgradeFacts>;
  /** Says how the jobs that follow others are asked for. */
  register(jobs: Jobs): void;
  /** Mounts a stopped VDB again, after a reboot. */
  mountStopped(jobs: Jobs, dataset: Dataset, ask: Ask): Promise<Started>;
  /** Takes a dataset off its host until the engine's next start. */
  takeDown(jobs: Jobs, order: TakeDownOrder): Promise<Started>;
}

export function createWorkflows(parts: DatasetParts, upgrading: UpgradeParts, registry: WorkflowRegistry): Workflows {
  const prepare = registry.add(createPrepare(parts));
  const mountStopped = registry.add(createMountStopped(parts));
  const takeDown = { virtual: registry.add(createTakeDown(parts)), linked: registry.add(createTakeDownLinked(parts)) };
  return {
    virtual: {
      provision: registry.add(createProvision(parts)),
      createEmpty: registry.add(createCreateEmpty(parts)),
      snapshot: registry.add(createSnapshot(parts)),
      refresh: registry.add(createRefresh(parts)),
      rollback: registry.add(createRollback(parts)),
      undo: registry.add(createUndo(parts)),
      start: registry.add(createStart(parts)),
      stop: registry.add(createStop(parts)),
      enable: registry.add(createEnable(parts)),
      disable: registry.add(createDisable(parts)),
      delete: registry.add(createDelete(parts)),
    },
    linked: {
      link: registry.add(createLink(parts)),
      sync: registry.add(createSync(parts)),
      enable: registry.add(createEnableLinked(parts)),
      disable: registry.add(createDisableLinked(parts)),
      delete: registry.add(createDeleteLinked(parts)),
    },
    environments: {
      create: registry.add(createCreateEnvironment(parts)),
      discover: registry.add(createDiscover(parts)),
      delete: registry.add(createDeleteEnvironment(parts)),
    },
    deleteSnapshot: registry.add(createDeleteSnapshot(parts)),
    deleteTimeflow: registry.add(createDeleteTimeflow(parts)),
    upgradePlugin: registry.add(createUpgradePlugin(upgrading)),
    register: (jobs) => jobs.onFollowUp("prepare-snapshot", (input) => Promise.resolve(prepareRequest(prepare, input))),
    mountStopped: (jobs, dataset, ask) => submitMountStopped(jobs, { workflow: mountStopped, dataset, ask }),
    takeDown: (jobs, order) => submitTakeDown(jobs, takeDown, order),
  };
}

function prepareRequest(prepare: Workflow<PrepareFacts>, input: JsonObject): JobRequest<Facts> {
  const snapshot = input["snapshot"] as Reference<"APPDATA_SNAPSHOT">;
  return {
    workflow: prepare as unknown as Workflow,
    title: `Prepare snapshot ${snapshot}`,
    operation: "snapshot.prepare",
    targetName: snapshot,
    draft: async ({ objects }: Choose) => {
      const { container } = found(await objects.snapshots.find(snapshot), snapshot);
      const dataset = found(await objects.datasets.find(container), container);
      const locks = [exclusive(snapshot), shared(dataset.environment), shared(dataset.repository), shared(dataset.plugin)];
      return { target: container, targetName: dataset.name, input: { snapshot }, locks };
    },
  };
}

async function submitMountStopped(
  jobs: Jobs,
  request: { readonly workflow: Workflow<VirtualFacts>; readonly dataset: Dataset; readonly ask: Ask },
): Promise<Started> {
  const { workflow, dataset, ask } = request;
  // When its turn comes, a user may have started or disabled it, or given it another timeflow.
  const draft = async ({ objects }: Choose) => {
    const vdb = await virtualSource(objects, dataset.reference);
    mustStillBeWanted(vdb, "STOPPED");
    return { target: vdb.reference, input: { dataset: vdb.reference, timeflow: timeflowOf(vdb) }, locks: vdbLocks(vdb) };
  };
  return jobs.submit<VirtualFacts>(
    { workflow, title: `Mount ${dataset.name}`, operation: "vdb.mount", targetName: dataset.name, draft },
    ask,
  );
}
