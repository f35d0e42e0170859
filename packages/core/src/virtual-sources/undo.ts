import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { prepareTaken } from "./prepare-taken.ts";
import { createConfigureNewTimeflow } from "./steps/configuring.ts";
import { createHeadSnapshot } from "./steps/head-snapshot.ts";
import { createUnconfigureFormer, createUnmountFormer } from "./steps/letting-go.ts";
import { createMountingSteps } from "./steps/mounting.ts";
import { createSwitchTimeflow, createTakeUpOlder } from "./steps/switching.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** Undoes the last refresh or rollback: the timeflow before it becomes the current one again. Can itself be undone. */
export function createUndo(parts: DatasetParts): Workflow<VirtualFacts> {
  const { askWhereToMount, mount } = createMountingSteps(parts);
  return workflow<VirtualFacts>("undo", { version: 3, next: prepareTaken }, [
    ...createHeadSnapshot(parts),
    createUnconfigureFormer(parts),
    ...createUnmountFormer(parts),
    createTakeUpOlder(),
    askWhereToMount,
    mount,
    createConfigureNewTimeflow(parts, "virtual.reconfigure"),
    pointOfNoReturn,
    createSwitchTimeflow(parts, false),
  ]);
}
