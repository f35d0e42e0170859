import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { stagedStatusAfterUndo } from "./steps/status-after-undo.ts";
import { createRecordLinkedState, createStopStaging, createUnmountStaging } from "./steps/staging.ts";

const isStaged = (facts: LinkedFacts): boolean => facts.isStaged;

/** Takes a dSource's staging copy off its host; its data stays. */
export function createDisableLinked(parts: DatasetParts): Workflow<LinkedFacts> {
  return workflow<LinkedFacts>("disable-linked", { version: 1, whenUndone: stagedStatusAfterUndo(parts) }, [
    createStopStaging(parts, isStaged),
    createUnmountStaging(parts, isStaged),
    pointOfNoReturn,
    createRecordLinkedState(parts, "record disabled", "DISABLED"),
  ]);
}
