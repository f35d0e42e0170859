import { EngineError, type JsonObject, type Reference } from "@opendvp/model";
import { storageNameOf } from "../../datasets/dataset-mounts.ts";
import { scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { linkedArguments } from "../../datasets/plugin-arguments.ts";
import { preparationLabels, snapshotLabels } from "../../datasets/storage-labels.ts";
import type { Snapshot } from "../../entities/snapshot.ts";
import { runHooks } from "../../hooks/run-hooks.ts";
import { pointOfNoReturn, step, type Step, type WorkflowItem } from "../../jobs/workflow.ts";
import type { StorageDriver } from "../../ports/storage-driver.ts";
import { createPreparationSteps, type PreparationSubject } from "../../snapshots/preparation-steps.ts";
import type { TakenSnapshot } from "../../virtual-sources/virtual-facts.ts";
import type { LinkedFacts } from "../linked-facts.ts";
import { createRestSteps } from "./resting.ts";
import { createStagingMounts, staged } from "./staging.ts";

interface NewSnapshot {
  readonly reference: Reference<"APPDATA_SNAPSHOT">;
  readonly guid: string;
  readonly storageName: string;
}

/** The fault of a dSource whose last sync did not succeed. */
export const SYNC_FAILED = "SYNC_FAILED";

/** One sync: the staging data is brought up to date, a snapshot is taken of it, and prepared where the plugin does that. */
export function createSyncSteps(
  parts: DatasetParts,
  { isFirst }: { readonly isFirst: boolean },
): {
  readonly take: readonly WorkflowItem<LinkedFacts>[];
  readonly record: Step<LinkedFacts>;
  readonly postHook: Step<LinkedFacts>;
} {
  const { askWhereToMount, unmountUnwanted, mount } = createStagingMounts(parts, (facts) => facts.isStaged);
  const rest = createRestSteps(parts);
  return {
    take: [
      askWhereToMount,
      // The staging copy of a link has just been mounted where it is wanted.
      ...(isFirst ? [] : [unmountUnwanted]),
      mount,
      createSyncHook(parts, "pre-sync"),
      createPreSnapshot(parts),
      ...rest.before,
      createSnapshotStorage(parts),
      ...rest.after,
      createPostSnapshot(parts),
      ...createPreparationSteps<LinkedFacts>(parts, {
        when: (facts) => facts.hasPreparation,
        subjectOf: (facts) => linkedSubject(parts, facts),
      }),
    ],
    record: createRecordSnapshot(parts),
    postHook: createSyncHook(parts, "post-sync"),
  };
}

/** The sync as a whole, with its own point of no return. */
export function createSyncItems(parts: DatasetParts): readonly WorkflowItem<LinkedFacts>[] {
  const { take, record, postHook } = createSyncSteps(parts, { isFirst: false });
  return [...take, pointOfNoReturn, record, postHook];
}

function createSyncHook(parts: DatasetParts, point: "pre-sync" | "post-sync"): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: `hook ${point}`,
    ...(point === "post-sync" ? { onFailure: "warn" as const } : {}),
    run: async (work) => {
      await runHooks(parts.scenes, { point, dataset: await parts.scenes.dataset(work.facts.dataset) }, work);
      return undefined;
    },
  });
}

/** `linked.pre_snapshot`. A direct plugin pulls the data with run_sync meanwhile. */
function createPreSnapshot(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "pre-snapshot",
    weight: 60,
    run: async (work) => {
      const { scene, timeflow } = await staged(parts, work.facts);
      if (!work.facts.isStaged) {
        mustKeepAttributes(scene.storage);
        await scene.storage.makeReachable(storageNameOf(timeflow), { mark: work.mark });
      }
      const args = linkedArguments(scene, await parts.mounts.of(timeflow.reference), {
        optionalSnapshotParameters: work.facts.syncParameters,
      });
      const sync = work.facts.isStaged ? {} : { syncDirectory: scene.storage.pathOf(storageNameOf(timeflow), "DATASET") };
      await parts.operations.of(scene.plugin).perform("linked.preSnapshot", args, {
        ...scopeOf(work),
        ...sync,
        onSyncProgress: (percent) => work.progress(percent),
      });
      return undefined;
    },
  });
}

function createSnapshotStorage(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts, NewSnapshot>({
    name: "storage snapshot",
    intend: async (_facts, choose) => {
      const reference = await choose.reference("APPDATA_SNAPSHOT");
      return { reference, guid: choose.guid(), storageName: choose.storageName(reference) };
    },
    run: async ({ facts, own, mark, signal }) => {
      const { scene, timeflow } = await staged(parts, facts);
      const takenAt = parts.now();
      const taken: TakenSnapshot = { ...own, name: `@${takenAt}`, takenAt };
      const labels = snapshotLabels(scene.dataset, scene.plugin, snapshotRow(facts, taken, null));
      await scene.storage.snapshot({ dataset: storageNameOf(timeflow), name: own.storageName, labels, mark, signal });
      return { facts: { taken } };
    },
    undo: async ({ facts, own, mark }) => {
      const { storage } = await parts.scenes.linked(facts.dataset);
      await storage.deleteSnapshot(own.storageName, { mark });
      return undefined;
    },
  });
}

function createPostSnapshot(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "post-snapshot",
    run: async (work) => {
      const { scene, timeflow } = await staged(parts, work.facts);
      const args = linkedArguments(scene, await parts.mounts.of(timeflow.reference), {
        optionalSnapshotParameters: work.facts.syncParameters,
      });
      const snapshotData = await parts.operations.of(scene.plugin).askForObject("linked.postSnapshot", args, scopeOf(work));
      await scene.storage.setLabels(
        work.facts.taken.storageName,
        snapshotLabels(scene.dataset, scene.plugin, snapshotRow(work.facts, work.facts.taken, snapshotData)),
      );
      return { facts: { snapshotData } };
    },
  });
}

/** The catalog gets the snapshot: from here on copies can be made of it. */
function createRecordSnapshot(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "record snapshot",
    run: async ({ facts }) => {
      const { storage } = await parts.scenes.linked(facts.dataset);
      const isSeparate = facts.hasPreparation && storage.capabilities.thinClones;
      const row: Snapshot = {
        ...snapshotRow(facts, facts.taken, facts.hasPreparation ? (facts.preparedData ?? facts.snapshotData) : facts.snapshotData),
        preparation: facts.hasPreparation ? "DONE" : "NOT_NEEDED",
        preparedDatasetName: isSeparate ? facts.preparedNames.datasetName : null,
        preparedStorageName: isSeparate ? facts.preparedNames.storageName : null,
      };
      return {
        changes: [
          { collection: "snapshots", insert: row },
          { collection: "datasets", update: facts.dataset, set: { isResyncNeeded: false, syncedAt: facts.taken.takenAt } },
        ],
        mends: [SYNC_FAILED],
      };
    },
    undo: ({ facts }) => Promise.resolve({ changes: [{ collection: "snapshots", remove: facts.taken.reference }] }),
  });
}

async function linkedSubject(parts: DatasetParts, facts: LinkedFacts): Promise<PreparationSubject> {
  const { scene, timeflow } = await staged(parts, facts);
  const mounts = await parts.mounts.of(timeflow.reference);
  return {
    scene,
    snapshot: facts.taken.reference,
    rawName: facts.taken.storageName,
    labels: preparationLabels(scene.dataset, scene.plugin, snapshotRow(facts, facts.taken, facts.snapshotData)),
    sharedPaths: mounts.length === 0 ? [""] : mounts.map(({ sharedPath }) => sharedPath),
    operation: "linked.prepareSnapshot",
    argumentsWith: (beside) => linkedArguments(scene, beside, { snapshot: facts.snapshotData }),
  };
}

function snapshotRow(facts: LinkedFacts, taken: TakenSnapshot, data: JsonObject | null): Snapshot {
  return {
    ...taken,
    container: facts.dataset,
    timeflow: facts.timeflow,
    preparedDatasetName: null,
    preparedStorageName: null,
    preparation: "NOT_NEEDED",
    data,
    // A dSource's snapshot is prepared by the sync that takes it, while the staging copy is mounted.
    sharedPaths: null,
  };
}

/** A tree copied onto such a pool would silently lose a part of itself. @throws EngineError `STORAGE_UNSUITABLE` */
function mustKeepAttributes({ technology, capabilities }: StorageDriver): void {
  const lost = [...(capabilities.acls ? [] : ["ACLs"]), ...(capabilities.xattrs ? [] : ["extended attributes"])];
  if (lost.length === 0) return;
  throw new EngineError("STORAGE_UNSUITABLE", `The ${technology} pool cannot keep ${lost.join(" and ")}: nothing was copied.`, {
    action: "Put the pool on a file system that is mounted with them (ext4: acl,user_xattr; ZFS: acltype=posixacl xattr=sa).",
    details: { lost },
  });
}
