import { createDestroyingSteps } from "../datasets/destroying.ts";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { statusAfterUndo } from "../datasets/status-after-undo.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createHookStep, createOperationStep, createUnmountHead } from "./steps/running.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

const isEnabled = (facts: VirtualFacts): boolean => !facts.isDisabled;

/** Deletes a VDB with its history. */
export function createDelete(parts: DatasetParts): Workflow<VirtualFacts> {
  const { recordDeleting, destroy, forget } = createDestroyingSteps<VirtualFacts>(parts);
  return workflow<VirtualFacts>("delete", { version: 1, callsNothingBack: true, forgetsTarget: true, whenUndone: statusAfterUndo(parts) }, [
    createHookStep(parts, "pre-stop"),
    createOperationStep(parts, "virtual.unconfigure", { when: isEnabled }),
    createOperationStep(parts, "virtual.cleanup"),
    createHookStep(parts, "post-stop"),
    createUnmountHead(parts),
    pointOfNoReturn,
    recordDeleting,
    destroy,
    forget,
  ]);
}
