import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createHookStep, createOperationStep, createRecordState, createUnmountHead, statusAfterUndo } from "./steps/running.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

const hasHooks = (facts: VirtualFacts): boolean => facts.hasExtendedHooks;

/** Takes a VDB off its host; its data stays. */
export function createDisable(parts: DatasetParts): Workflow<VirtualFacts> {
  return workflow<VirtualFacts>("disable", { version: 1, whenUndone: statusAfterUndo(parts) }, [
    createHookStep(parts, "pre-stop", hasHooks),
    createOperationStep(parts, "virtual.unconfigure"),
    createUnmountHead(parts),
    pointOfNoReturn,
    createRecordState(parts, "record disabled", "DISABLED"),
    createHookStep(parts, "post-stop", hasHooks),
  ]);
}
