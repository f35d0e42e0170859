import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { attempt, pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createPrepareFirst } from "../snapshots/prepare-first.ts";
import { prepareTaken } from "./prepare-taken.ts";
import { createCloneSnapshot, type ProvisionFacts } from "./steps/cloning.ts";
import { createConfigure } from "./steps/configuring.ts";
import { createMountingSteps } from "./steps/mounting.ts";
import { createHookStep, createRecordState } from "./steps/running.ts";
import { createTakeSnapshot, SNAPSHOT_FAILED } from "./steps/snapshotting.ts";

/** Makes a VDB from a snapshot. */
export function createProvision(parts: DatasetParts): Workflow<ProvisionFacts> {
  const { askWhereToMount, mount } = createMountingSteps(parts);
  return workflow<ProvisionFacts>("provision", { version: 1, next: prepareTaken }, [
    ...createPrepareFirst(parts),
    createCloneSnapshot(parts),
    askWhereToMount,
    mount,
    createConfigure(parts),
    createHookStep(parts, "configure-clone"),
    pointOfNoReturn,
    createRecordState(parts, "record running", "RUNNING"),
    attempt("first snapshot", SNAPSHOT_FAILED, createTakeSnapshot(parts)),
  ]);
}
