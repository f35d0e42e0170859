import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { createEmptyHead } from "../datasets/new-head.ts";
import { attempt, pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { createRecordLinkedState, createStagingMounts, createStartStaging } from "./steps/staging.ts";
import { createSyncSteps, SYNC_FAILED } from "./steps/syncing.ts";

const isStaged = (facts: LinkedFacts): boolean => facts.isStaged;

/** Links a source: its dataset, for a staged plugin its staging copy, and the first sync. */
export function createLink(parts: DatasetParts): Workflow<LinkedFacts> {
  const { askWhereToMount, mount } = createStagingMounts(parts, isStaged);
  const firstSync = createSyncSteps(parts, { isFirst: true });
  return workflow<LinkedFacts>("link", { version: 1 }, [
    createEmptyHead(parts, { name: "create dataset", origin: "LINK" }),
    askWhereToMount,
    mount,
    createStartStaging(parts, isStaged),
    pointOfNoReturn,
    createRecordLinkedState(parts, "record enabled", "RUNNING"),
    attempt("first sync", SYNC_FAILED, [...firstSync.take, firstSync.record, firstSync.postHook]),
  ]);
}
