import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { createAskStagedStatus, createRecordLinkedState, createStagingMounts, createStartStaging } from "./steps/staging.ts";

const isInactive = (facts: LinkedFacts): boolean => facts.isStaged && !facts.isActive;

/** Brings a dSource back: its staging copy mounted and started. */
export function createEnableLinked(parts: DatasetParts): Workflow<LinkedFacts> {
  const { askWhereToMount, unmountUnwanted, mount } = createStagingMounts(parts, isInactive);
  return workflow<LinkedFacts>("enable-linked", { version: 2 }, [
    createAskStagedStatus(parts),
    askWhereToMount,
    unmountUnwanted,
    mount,
    createStartStaging(parts, isInactive),
    pointOfNoReturn,
    createRecordLinkedState(parts, "record enabled", "RUNNING"),
  ]);
}
