import type { JsonObject, Reference } from "@opendvp/model";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import { scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { storageNameOf } from "../../datasets/dataset-mounts.ts";
import { snapshotLabels } from "../../datasets/storage-labels.ts";
import type { Snapshot } from "../../entities/snapshot.ts";
import { step, type Step, type StepWork, type WorkflowItem } from "../../jobs/workflow.ts";
import type { TakenSnapshot, VirtualFacts } from "../virtual-facts.ts";
import { atWork } from "./configuring.ts";
import { createStandstillSteps } from "./standstill.ts";

interface NewSnapshot {
  readonly reference: Reference<"APPDATA_SNAPSHOT">;
  readonly guid: string;
  readonly storageName: string;
}

/** The fault that stands while a dataset's automatic snapshots fail. */
export const SNAPSHOT_FAILED = "SNAPSHOT_FAILED";

/** `virtual.pre_snapshot` → storage snapshot → `virtual.post_snapshot`: a snapshot of the timeflow that a job works on. */
export function createTakeSnapshot(parts: DatasetParts): readonly WorkflowItem<VirtualFacts>[] {
  const standstill = createStandstillSteps(parts);
  return [
    createPreSnapshot(parts),
    ...standstill.before,
    createSnapshotStorage(parts, OWN),
    ...standstill.after,
    createPostSnapshot(parts),
  ];
}

function createPreSnapshot(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "pre-snapshot",
    run: async (work) => {
      const { scene, timeflow } = await atWork(parts, work.facts);
      const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig ?? {} });
      await parts.operations.of(scene.plugin).perform("virtual.preSnapshot", args, scopeOf(work));
      return undefined;
    },
  });
}

/** Which of a job's two snapshots a step is about, and where its facts keep that. */
interface Role {
  readonly takenAs: "taken" | "takenHead";
  readonly dueAs: "isPreparationDue" | "isHeadPreparationDue";
}

const OWN: Role = { takenAs: "taken", dueAs: "isPreparationDue" };
/** Of the head that is about to be left. */
export const OF_HEAD: Role = { takenAs: "takenHead", dueAs: "isHeadPreparationDue" };

/** Takes the storage snapshot. Undo: delete it. */
export function createSnapshotStorage(parts: DatasetParts, { takenAs }: Role): Step<VirtualFacts> {
  return step<VirtualFacts, NewSnapshot>({
    name: "storage snapshot",
    intend: async (_facts, choose) => {
      const reference = await choose.reference("APPDATA_SNAPSHOT");
      return { reference, guid: choose.guid(), storageName: choose.storageName(reference) };
    },
    run: async ({ facts, own, mark, signal }) => {
      const { scene, timeflow } = await atWork(parts, facts);
      const takenAt = parts.now();
      const taken: TakenSnapshot = { ...own, name: facts.snapshotName ?? `@${takenAt}`, takenAt };
      const labels = snapshotLabels(scene.dataset, scene.plugin, {
        ...snapshotRow(timeflow, taken, { data: null }),
        preparation: "NOT_NEEDED",
      });
      await scene.storage.snapshot({ dataset: storageNameOf(timeflow), name: own.storageName, labels, mark, signal });
      return { facts: { [takenAs]: taken } };
    },
    undo: async ({ facts, own, mark }) => {
      const { storage } = await parts.scenes.virtual(facts.dataset);
      await storage.deleteSnapshot(own.storageName, { mark });
      return undefined;
    },
  });
}

function createPostSnapshot(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "post-snapshot",
    run: async (work) => {
      const { scene, timeflow } = await atWork(parts, work.facts);
      const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig ?? {} });
      const data = await parts.operations.of(scene.plugin).askForObject("virtual.postSnapshot", args, scopeOf(work));
      return recordTaken(parts, work, { role: OWN, data });
    },
    undo: ({ facts }) => Promise.resolve({ changes: [{ collection: "snapshots", remove: facts.taken.reference }] }),
  });
}

/** The catalog gets the snapshot, the pool its labels. */
export async function recordTaken(
  parts: DatasetParts,
  work: StepWork<VirtualFacts>,
  { role, data }: { readonly role: Role; readonly data: JsonObject | null },
): Promise<Awaited<ReturnType<Step<VirtualFacts>["run"]>>> {
  const { scene, timeflow } = await atWork(parts, work.facts);
  const isPreparationDue = data !== null && parts.operations.has(scene.plugin, "virtual.prepareSnapshot");
  const sharedPaths = (await parts.mounts.of(timeflow.reference)).map(({ sharedPath }) => sharedPath);
  const row: Snapshot = {
    ...snapshotRow(timeflow, work.facts[role.takenAs], { data, sharedPaths }),
    preparation: isPreparationDue ? "PENDING" : "NOT_NEEDED",
  };
  await scene.storage.setLabels(row.storageName, snapshotLabels(scene.dataset, scene.plugin, row));
  return { facts: { [role.dueAs]: isPreparationDue }, changes: [{ collection: "snapshots", insert: row }], mends: [SNAPSHOT_FAILED] };
}

function snapshotRow(
  timeflow: { readonly reference: Snapshot["timeflow"]; readonly container: Snapshot["container"] },
  taken: TakenSnapshot,
  { data, sharedPaths = [] }: { readonly data: JsonObject | null; readonly sharedPaths?: readonly string[] },
): Omit<Snapshot, "preparation"> {
  return {
    ...taken,
    container: timeflow.container,
    timeflow: timeflow.reference,
    preparedDatasetName: null,
    preparedStorageName: null,
    data,
    sharedPaths: sharedPaths.length === 0 ? null : sharedPaths,
  };
}
