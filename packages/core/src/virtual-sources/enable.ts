import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createMountingSteps } from "./steps/mounting.ts";
import { createAskStatus, createHookStep, createReconfigureSelf, createRecordState } from "./steps/running.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

const isInactive = (facts: VirtualFacts): boolean => !facts.isActive;
const isInactiveWithHooks = (facts: VirtualFacts): boolean => !facts.isActive && facts.hasExtendedHooks;

/** Brings a VDB back: mounted, configured, running. */
export function createEnable(parts: DatasetParts): Workflow<VirtualFacts> {
  const { askWhereToMount, unmountUnwanted, mount } = createMountingSteps(parts, isInactive);
  return workflow<VirtualFacts>("enable", { version: 2 }, [
    createAskStatus(parts),
    createHookStep(parts, "pre-start", isInactiveWithHooks),
    askWhereToMount,
    unmountUnwanted,
    mount,
    createReconfigureSelf(parts, isInactive),
    pointOfNoReturn,
    createRecordState(parts, "record running", "RUNNING"),
    createHookStep(parts, "post-start", isInactiveWithHooks),
  ]);
}
