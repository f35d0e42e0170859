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

/** Rewinds a VDB to one of its own snapshots, as a new timeflow. */
export function createRollback(parts: DatasetParts): Workflow<VirtualFacts> {
  const { askWhereToMount, mount } = createMountingSteps(parts);
  return workflow<VirtualFacts>("rollback", { version: 3, next: prepareTaken }, [
    ...createPrepareFirst(parts),
    createHookStep(parts, "pre-rollback"),
    ...createHeadSnapshot(parts),
    createUnconfigureFormer(parts),
    ...createUnmountFormer(parts),
    createCloneAsNewTimeflow(parts, "ROLLBACK"),
    askWhereToMount,
    mount,
    createConfigureNewTimeflow(parts, "virtual.reconfigure"),
    pointOfNoReturn,
    createSwitchTimeflow(parts, false),
    attempt("first snapshot", SNAPSHOT_FAILED, createTakeSnapshot(parts)),
    createDropOlderHead(parts),
    createHookStep(parts, "post-rollback"),
  ]);
}
