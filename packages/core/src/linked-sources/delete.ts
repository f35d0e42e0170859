import { createDestroyingSteps } from "../datasets/destroying.ts";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { statusAfterUndo } from "../datasets/status-after-undo.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { createStopStaging, createUnmountStaging } from "./steps/staging.ts";

const isStagedAndEnabled = (facts: LinkedFacts): boolean => facts.isStaged && !facts.isDisabled;

/** Deletes a dSource with its history. */
export function createDeleteLinked(parts: DatasetParts): Workflow<LinkedFacts> {
  const { recordDeleting, destroy, forget } = createDestroyingSteps<LinkedFacts>(parts);
  return workflow<LinkedFacts>(
    "delete-linked",
    { version: 1, callsNothingBack: true, forgetsTarget: true, whenUndone: statusAfterUndo(parts, (facts) => facts.isStaged) },
    [
      createStopStaging(parts, isStagedAndEnabled),
      createUnmountStaging(parts, (facts) => facts.isStaged),
      pointOfNoReturn,
      recordDeleting,
      destroy,
      forget,
    ],
  );
}
