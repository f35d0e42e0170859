import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { statusAfterUndo } from "../datasets/status-after-undo.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createHookStep, createOperationStep, createRecordState } from "./steps/running.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** Stops a VDB; it stays mounted. */
export function createStop(parts: DatasetParts): Workflow<VirtualFacts> {
  return workflow<VirtualFacts>("stop", { version: 1, callsNothingBack: true, whenUndone: statusAfterUndo(parts) }, [
    createHookStep(parts, "pre-stop"),
    createOperationStep(parts, "virtual.stop"),
    pointOfNoReturn,
    createRecordState(parts, "record stopped", "STOPPED"),
    createHookStep(parts, "post-stop"),
  ]);
}
