import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { prepareTaken } from "./prepare-taken.ts";
import { createHookStep } from "./steps/running.ts";
import { createTakeSnapshot } from "./steps/snapshotting.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** Takes a snapshot of a VDB. */
export function createSnapshot(parts: DatasetParts): Workflow<VirtualFacts> {
  return workflow<VirtualFacts>("snapshot", { version: 1, next: prepareTaken }, [
    createHookStep(parts, "pre-snapshot"),
    ...createTakeSnapshot(parts),
    pointOfNoReturn,
    createHookStep(parts, "post-snapshot"),
  ]);
}
