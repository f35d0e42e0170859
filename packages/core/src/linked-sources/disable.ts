import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { statusAfterUndo } from "../datasets/status-after-undo.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { createRecordLinkedState, createStopStaging, createUnmountStaging } from "./steps/staging.ts";

const isStaged = (facts: LinkedFacts): boolean => facts.isStaged;
const isStagedAndEnabled = (facts: LinkedFacts): boolean => facts.isStaged && !facts.isDisabled;

/** Takes a dSource's staging copy off its host; its data stays. One that is disabled already is only unmounted where somebody has mounted it since. */
export function createDisableLinked(parts: DatasetParts): Workflow<LinkedFacts> {
  return workflow<LinkedFacts>(
    "disable-linked",
    { version: 1, callsNothingBack: true, whenUndone: statusAfterUndo(parts, (facts) => facts.isStaged) },
    [
      createStopStaging(parts, isStagedAndEnabled),
      createUnmountStaging(parts, isStaged),
      pointOfNoReturn,
      createRecordLinkedState(parts, "record disabled", "DISABLED"),
    ],
  );
}
