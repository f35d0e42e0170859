import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { attempt, pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createPrepareFirst } from "../snapshots/prepare-first.ts";
import { prepareTaken } from "./prepare-taken.ts";
import { createCloneAsNewTimeflow } from "./steps/cloning.ts";
import { createConfigureNewTimeflow } from "./steps/configuring.ts";
import { createHeadSnapshot } from "./steps/head-snapshot.ts";
import { createUnconfigureFormer, createUnmountFormer } from "./steps/letting-go.ts";
import { createMountingSteps } from "./steps/mounting.ts";
import { createHookStep } from "./steps/running.ts";
import { createTakeSnapshot, SNAPSHOT_FAILED } from "./steps/snapshotting.ts";
import { createDropOlderHead, createSwitchTimeflow } from "./steps/switching.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** Gives a VDB the data of a newer snapshot of its parent, as a new timeflow. */
export function createRefresh(parts: DatasetParts): Workflow<VirtualFacts> {
  const { askWhereToMount, mount } = createMountingSteps(parts);
  return workflow<VirtualFacts>("refresh", { version: 3, next: prepareTaken }, [
    ...createPrepareFirst(parts),
    createHookStep(parts, "pre-refresh"),
    ...createHeadSnapshot(parts),
    createUnconfigureFormer(parts),
    ...createUnmountFormer(parts),
    createCloneAsNewTimeflow(parts, "REFRESH"),
    askWhereToMount,
    mount,
    createConfigureNewTimeflow(parts, "virtual.configure"),
    createHookStep(parts, "configure-clone"),
    pointOfNoReturn,
    createSwitchTimeflow(parts, true),
    attempt("first snapshot", SNAPSHOT_FAILED, createTakeSnapshot(parts)),
    createDropOlderHead(parts),
    createHookStep(parts, "post-refresh"),
  ]);
}
