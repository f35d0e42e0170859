import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../../datasets/dataset-parts.ts";
import { headLabels } from "../../datasets/storage-labels.ts";
import type { LinkedSource } from "../../entities/dataset.ts";
import type { Timeflow } from "../../entities/timeflow.ts";
import { step, type Step } from "../../jobs/workflow.ts";
import type { LinkedFacts } from "../linked-facts.ts";

interface NewTimeflow {
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  readonly storageName: string;
}

/** Makes the dSource's own, still empty dataset. Undo: delete it. */
export function createLinkedDataset(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts, NewTimeflow>({
    name: "create dataset",
    intend: async (_facts, choose) => {
      const timeflow = await choose.reference("APPDATA_TIMEFLOW");
      return { timeflow, storageName: choose.storageName(timeflow) };
    },
    run: async ({ facts, own, mark, signal }) => {
      const timeflow = firstTimeflow(own, facts.draft, parts.now());
      const dataset: LinkedSource = { ...facts.draft, currentTimeflow: timeflow.reference };
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

function firstTimeflow(own: NewTimeflow, draft: LinkedSource, createdAt: string): Timeflow {
  return {
    reference: own.timeflow,
    container: draft.reference,
    name: `link ${createdAt}`,
    origin: "LINK",
    parentSnapshot: null,
    parentSnapshotData: null,
    storageName: own.storageName,
    sourceConfig: null,
    createdAt,
  };
}
