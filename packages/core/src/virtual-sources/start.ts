import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createMountingSteps } from "./steps/mounting.ts";
import { createHookStep, createRecordState, createStart as createStartStep } from "./steps/running.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** Starts a VDB that was stopped. */
export function createStart(parts: DatasetParts): Workflow<VirtualFacts> {
  const { askWhereToMount, unmountUnwanted, mount } = createMountingSteps(parts);
  return workflow<VirtualFacts>("start", { version: 2 }, [
    createHookStep(parts, "pre-start"),
    askWhereToMount,
    unmountUnwanted,
    mount,
    createStartStep(parts),
    pointOfNoReturn,
    createRecordState(parts, "record running", "RUNNING"),
    createHookStep(parts, "post-start"),
  ]);
}
