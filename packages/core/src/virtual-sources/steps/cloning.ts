import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../../datasets/dataset-parts.ts";
import { headLabels } from "../../datasets/storage-labels.ts";
import { step, type Step } from "../../jobs/workflow.ts";
import type { VirtualSource } from "../../entities/dataset.ts";
import type { Snapshot } from "../../entities/snapshot.ts";
import type { Timeflow, TimeflowOrigin } from "../../entities/timeflow.ts";
import { copySourceOf } from "../../snapshots/copy-source.ts";
import type { VirtualFacts } from "../virtual-facts.ts";

/** A provision's input holds the VDB to be. */
export type ProvisionFacts = VirtualFacts & { readonly draft: VirtualSource };

interface NewTimeflow {
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  readonly storageName: string;
}

/** Makes the VDB's dataset as a clone of the snapshot. Undo: delete the clone. */
export function createCloneSnapshot(parts: DatasetParts): Step<ProvisionFacts> {
  return step<ProvisionFacts, NewTimeflow>({
    name: "clone snapshot",
    intend: async (_facts, choose) => chooseTimeflow(await choose.reference("APPDATA_TIMEFLOW"), choose.storageName),
    run: async ({ facts, own, mark, signal }) => {
      const snapshot = await parts.scenes.snapshot(facts.from);
      const timeflow = clonedTimeflow(parts, { own, snapshot, container: facts.draft.reference, origin: "PROVISION" });
      const dataset: VirtualSource = { ...facts.draft, currentTimeflow: timeflow.reference };
      const storage = parts.storageOf(dataset.pool);
      const plugin = await parts.scenes.plugin(dataset.plugin);
      await storage.clone({
        snapshot: copySourceOf(snapshot),
        name: own.storageName,
        labels: headLabels(dataset, plugin, timeflow),
        mark,
        signal,
      });
      return {
        facts: { timeflow: timeflow.reference },
        changes: [
          { collection: "datasets", insert: dataset },
          { collection: "timeflows", insert: timeflow },
        ],
      };
    },
    undo: async ({ facts, own, mark }) => {
      await parts.storageOf(facts.draft.pool).deleteDataset(own.storageName, { mark });
      return {
        changes: [
          { collection: "timeflows", remove: own.timeflow },
          { collection: "datasets", remove: facts.draft.reference },
        ],
      };
    },
  });
}

/** Makes an empty dataset for a VDB that copies nothing. Undo: delete it. */
export function createEmptyDataset(parts: DatasetParts): Step<ProvisionFacts> {
  return step<ProvisionFacts, NewTimeflow>({
    name: "new dataset",
    intend: async (_facts, choose) => chooseTimeflow(await choose.reference("APPDATA_TIMEFLOW"), choose.storageName),
    run: async ({ facts, own, mark, signal }) => {
      const timeflow = newTimeflow(parts, { own, container: facts.draft.reference, origin: "EMPTY" });
      const dataset: VirtualSource = { ...facts.draft, currentTimeflow: timeflow.reference };
      const plugin = await parts.scenes.plugin(dataset.plugin);
      const labels = headLabels(dataset, plugin, timeflow);
      await parts.storageOf(dataset.pool).createDataset({ name: own.storageName, labels, mark, signal, ...parts.recordSizeOf(dataset) });
      return {
        facts: { timeflow: timeflow.reference },
        changes: [
          { collection: "datasets", insert: dataset },
          { collection: "timeflows", insert: timeflow },
        ],
      };
    },
    undo: async ({ facts, own, mark }) => {
      await parts.storageOf(facts.draft.pool).deleteDataset(own.storageName, { mark });
      return {
        changes: [
          { collection: "timeflows", remove: own.timeflow },
          { collection: "datasets", remove: facts.draft.reference },
        ],
      };
    },
  });
}

/** Makes the head of a new timeflow of a VDB that exists. It is not the current one yet. Undo: delete the clone. */
export function createCloneAsNewTimeflow(parts: DatasetParts, origin: TimeflowOrigin): Step<VirtualFacts> {
  return step<VirtualFacts, NewTimeflow>({
    name: "clone snapshot as new timeflow",
    intend: async (_facts, choose) => chooseTimeflow(await choose.reference("APPDATA_TIMEFLOW"), choose.storageName),
    run: async ({ facts, own, mark, signal }) => {
      const { dataset, plugin, storage } = await parts.scenes.virtual(facts.dataset);
      const snapshot = await parts.scenes.snapshot(facts.from);
      const timeflow = clonedTimeflow(parts, { own, snapshot, container: dataset.reference, origin });
      await storage.clone({
        snapshot: copySourceOf(snapshot),
        name: own.storageName,
        labels: headLabels(dataset, plugin, timeflow),
        mark,
        signal,
      });
      return { facts: { timeflow: timeflow.reference }, changes: [{ collection: "timeflows", insert: timeflow }] };
    },
    undo: async ({ facts, own, mark }) => {
      const { storage } = await parts.scenes.virtual(facts.dataset);
      await storage.deleteDataset(own.storageName, { mark });
      return { changes: [{ collection: "timeflows", remove: own.timeflow }] };
    },
  });
}

function chooseTimeflow(timeflow: Reference<"APPDATA_TIMEFLOW">, storageName: (reference: Reference) => string): NewTimeflow {
  return { timeflow, storageName: storageName(timeflow) };
}

interface TimeflowDraft {
  readonly own: NewTimeflow;
  readonly container: Reference<"APPDATA_CONTAINER">;
  readonly origin: TimeflowOrigin;
}

function newTimeflow(parts: DatasetParts, { own, container, origin }: TimeflowDraft): Timeflow {
  const createdAt = parts.now();
  const name = `${origin.toLowerCase()} ${createdAt}`;
  return {
    reference: own.timeflow,
    container,
    name,
    origin,
    parentSnapshot: null,
    parentSnapshotData: null,
    storageName: own.storageName,
    sourceConfig: null,
    createdAt,
  };
}

function clonedTimeflow(parts: DatasetParts, draft: TimeflowDraft & { readonly snapshot: Snapshot }): Timeflow {
  return { ...newTimeflow(parts, draft), parentSnapshot: draft.snapshot.reference, parentSnapshotData: draft.snapshot.data };
}
