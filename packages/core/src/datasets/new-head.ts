import type { Reference } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { Timeflow, TimeflowOrigin } from "../entities/timeflow.ts";
import { step, type Choose, type Step, type StepOutcome, type UndoOutcome } from "../jobs/workflow.ts";
import type { DatasetParts } from "./dataset-parts.ts";
import { headLabels } from "./storage-labels.ts";

/** The names of a timeflow to be and of its head. */
export interface NewHead {
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  readonly storageName: string;
}

/** What the jobs that make a dataset know: the dataset to be, and its first timeflow once it is there. */
export interface NewDatasetFacts {
  readonly draft: Dataset;
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
}

export async function chooseHead(choose: Choose): Promise<NewHead> {
  const timeflow = await choose.reference("APPDATA_TIMEFLOW");
  return { timeflow, storageName: choose.storageName(timeflow) };
}

/** A timeflow that starts from a snapshot, or from nothing. */
export function newTimeflow(
  parts: Pick<DatasetParts, "now">,
  own: NewHead,
  from: { readonly container: Reference<"APPDATA_CONTAINER">; readonly origin: TimeflowOrigin; readonly snapshot?: Snapshot },
): Timeflow {
  const createdAt = parts.now();
  return {
    reference: own.timeflow,
    container: from.container,
    name: `${from.origin.toLowerCase()} ${createdAt}`,
    origin: from.origin,
    parentSnapshot: from.snapshot?.reference ?? null,
    parentSnapshotData: from.snapshot?.data ?? null,
    storageName: own.storageName,
    sourceConfig: null,
    createdAt,
  };
}

/** Makes the dataset of a dSource, or of a VDB that copies nothing: empty. Undo: delete it. */
export function createEmptyHead<F extends NewDatasetFacts>(
  parts: DatasetParts,
  { name, origin }: { readonly name: string; readonly origin: TimeflowOrigin },
): Step<F> {
  return step<F, NewHead>({
    name,
    intend: (_facts, choose) => chooseHead(choose),
    run: async ({ facts, own, mark, signal }) => {
      const timeflow = newTimeflow(parts, own, { container: facts.draft.reference, origin });
      const plugin = await parts.scenes.plugin(facts.draft.plugin);
      const labels = headLabels({ ...facts.draft, currentTimeflow: timeflow.reference }, plugin, timeflow);
      const storage = parts.storageOf(facts.draft.pool);
      await storage.createDataset({ name: own.storageName, labels, mark, signal, ...parts.recordSizeOf(facts.draft) });
      return recordNewDataset<F>(facts.draft, timeflow);
    },
    undo: (work) => undoNewDataset(parts, work),
  });
}

/** The catalog gets a dataset together with its first timeflow. */
export function recordNewDataset<F extends NewDatasetFacts>(draft: Dataset, timeflow: Timeflow): StepOutcome<F> {
  return {
    facts: { timeflow: timeflow.reference } as Partial<F>,
    changes: [
      { collection: "datasets", insert: { ...draft, currentTimeflow: timeflow.reference } },
      { collection: "timeflows", insert: timeflow },
    ],
  };
}

/** Takes a dataset that was just made out of pool and catalog, as far as it got there. */
export async function undoNewDataset(
  parts: DatasetParts,
  { facts, own, mark }: { readonly facts: NewDatasetFacts; readonly own: NewHead; readonly mark: string },
): Promise<UndoOutcome> {
  await parts.storageOf(facts.draft.pool).deleteDataset(own.storageName, { mark });
  return {
    changes: [
      { collection: "timeflows", remove: own.timeflow },
      { collection: "datasets", remove: facts.draft.reference },
    ],
  };
}
