import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { statusAfterUndo } from "../datasets/status-after-undo.ts";
import { createRecordDown } from "../datasets/record-down.ts";
import { pointOfNoReturn, step, workflow, type Step, type Workflow } from "../jobs/workflow.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { createStopStaging, createUnmountStaging, staged } from "./steps/staging.ts";

const isActive = (facts: LinkedFacts): boolean => facts.isActive;

/** Takes a staging copy off its host as disable does, but leaves what it is wanted to be: the engine's next start brings it back. */
export function createTakeDownLinked(parts: DatasetParts): Workflow<LinkedFacts> {
  return workflow<LinkedFacts>(
    "take-down-linked",
    { version: 1, callsNothingBack: true, whenUndone: statusAfterUndo(parts, (facts) => facts.isStaged) },
    [
      createLookWhetherUp(parts),
      createStopStaging(parts, isActive),
      createUnmountStaging(parts, () => true),
      pointOfNoReturn,
      createRecordDown(parts),
    ],
  );
}

/** A staging copy that a reboot has unmounted has nothing to stop. */
function createLookWhetherUp(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "look whether it is up",
    run: async ({ facts }) => {
      const { scene, timeflow } = await staged(parts, facts);
      return { facts: { isActive: await parts.mounts.areComplete(scene, timeflow) } };
    },
  });
}
