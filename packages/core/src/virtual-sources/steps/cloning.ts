import type { DatasetParts } from "../../datasets/dataset-parts.ts";
import { chooseHead, newTimeflow, recordNewDataset, undoNewDataset, type NewHead } from "../../datasets/new-head.ts";
import { headLabels } from "../../datasets/storage-labels.ts";
import { step, type Step } from "../../jobs/workflow.ts";
import type { VirtualSource } from "../../entities/dataset.ts";
import type { TimeflowOrigin } from "../../entities/timeflow.ts";
import { copySourceOf } from "../../snapshots/copy-source.ts";
import type { VirtualFacts } from "../virtual-facts.ts";

/** A provision's input holds the VDB to be. */
export type ProvisionFacts = VirtualFacts & { readonly draft: VirtualSource };

/** Makes the VDB's dataset as a clone of the snapshot. Undo: delete the clone. */
export function createCloneSnapshot(parts: DatasetParts): Step<ProvisionFacts> {
  return step<ProvisionFacts, NewHead>({
    name: "clone snapshot",
    intend: (_facts, choose) => chooseHead(choose),
    run: async ({ facts: { draft, from }, own, mark, signal }) => {
      const snapshot = await parts.scenes.snapshot(from);
      const timeflow = newTimeflow(parts, own, { container: draft.reference, origin: "PROVISION", snapshot });
      const plugin = await parts.scenes.plugin(draft.plugin);
      const labels = headLabels({ ...draft, currentTimeflow: timeflow.reference }, plugin, timeflow);
      await parts.storageOf(draft.pool).clone({ snapshot: copySourceOf(snapshot), name: own.storageName, labels, mark, signal });
      return recordNewDataset<ProvisionFacts>(draft, timeflow);
    },
    undo: (work) => undoNewDataset(parts, work),
  });
}

/** Makes the head of a new timeflow of a VDB that exists. It is not the current one yet. Undo: delete the clone. */
export function createCloneAsNewTimeflow(parts: DatasetParts, origin: TimeflowOrigin): Step<VirtualFacts> {
  return step<VirtualFacts, NewHead>({
    name: "clone snapshot as new timeflow",
    intend: (_facts, choose) => chooseHead(choose),
    run: async ({ facts, own, mark, signal }) => {
      const { dataset, plugin, storage } = await parts.scenes.virtual(facts.dataset);
      const snapshot = await parts.scenes.snapshot(facts.from);
      const timeflow = newTimeflow(parts, own, { container: dataset.reference, origin, snapshot });
      const labels = headLabels(dataset, plugin, timeflow);
      await storage.clone({ snapshot: copySourceOf(snapshot), name: own.storageName, labels, mark, signal });
      return { facts: { timeflow: timeflow.reference }, changes: [{ collection: "timeflows", insert: timeflow }] };
    },
    undo: async ({ facts, own, mark }) => {
      const { storage } = await parts.scenes.virtual(facts.dataset);
      await storage.deleteDataset(own.storageName, { mark });
      return { changes: [{ collection: "timeflows", remove: own.timeflow }] };
    },
  });
}
