import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { createEmptyHead } from "../datasets/new-head.ts";
import { attempt, pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { prepareTaken } from "./prepare-taken.ts";
import type { ProvisionFacts } from "./steps/cloning.ts";
import { createInitialize } from "./steps/configuring.ts";
import { createMountingSteps } from "./steps/mounting.ts";
import { createHookStep, createRecordState } from "./steps/running.ts";
import { createTakeSnapshot, SNAPSHOT_FAILED } from "./steps/snapshotting.ts";

/** Makes a VDB that copies nothing. */
export function createCreateEmpty(parts: DatasetParts): Workflow<ProvisionFacts> {
  const { askWhereToMount, mount } = createMountingSteps(parts);
  return workflow<ProvisionFacts>("create-empty", { version: 1, next: prepareTaken }, [
    createEmptyHead(parts, { name: "new dataset", origin: "EMPTY" }),
    askWhereToMount,
    mount,
    createInitialize(parts),
    createHookStep(parts, "configure-clone"),
    pointOfNoReturn,
    createRecordState(parts, "record running", "RUNNING"),
    attempt("first snapshot", SNAPSHOT_FAILED, createTakeSnapshot(parts)),
  ]);
}
