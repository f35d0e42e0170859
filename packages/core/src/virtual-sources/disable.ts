import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { statusAfterUndo } from "../datasets/status-after-undo.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createHookStep, createOperationStep, createRecordState, createUnmountHead } from "./steps/running.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

const isEnabled = (facts: VirtualFacts): boolean => !facts.isDisabled;
const isEnabledWithHooks = (facts: VirtualFacts): boolean => !facts.isDisabled && facts.hasExtendedHooks;

/** Takes a VDB off its host; its data stays. One that is disabled already is only unmounted wherever somebody has mounted it since. */
export function createDisable(parts: DatasetParts): Workflow<VirtualFacts> {
  return workflow<VirtualFacts>("disable", { version: 1, callsNothingBack: true, whenUndone: statusAfterUndo(parts) }, [
    createHookStep(parts, "pre-stop", isEnabledWithHooks),
    createOperationStep(parts, "virtual.unconfigure", { when: isEnabled }),
    createUnmountHead(parts),
    pointOfNoReturn,
    createRecordState(parts, "record disabled", "DISABLED"),
    createHookStep(parts, "post-stop", isEnabledWithHooks),
  ]);
}
