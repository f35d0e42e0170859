import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { statusAfterUndo } from "../datasets/status-after-undo.ts";
import { createRecordDown } from "../datasets/record-down.ts";
import { pointOfNoReturn, step, workflow, type Step, type Workflow } from "../jobs/workflow.ts";
import { atWork } from "./steps/configuring.ts";
import { createHookStep, createOperationStep, createUnmountHead } from "./steps/running.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

const isActive = (facts: VirtualFacts): boolean => facts.isActive;
const isActiveWithHooks = (facts: VirtualFacts): boolean => facts.isActive && facts.hasExtendedHooks;

/** Takes a VDB off its host as disable does, but leaves what it is wanted to be: the engine's next start brings it back. */
export function createTakeDown(parts: DatasetParts): Workflow<VirtualFacts> {
  return workflow<VirtualFacts>("take-down", { version: 1, callsNothingBack: true, whenUndone: statusAfterUndo(parts) }, [
    createLookWhetherUp(parts),
    createHookStep(parts, "pre-stop", isActiveWithHooks),
    createOperationStep(parts, "virtual.unconfigure", { when: isActive }),
    createUnmountHead(parts),
    pointOfNoReturn,
    createRecordDown(parts),
    createHookStep(parts, "post-stop", isActiveWithHooks),
  ]);
}

/** One that is stopped, or that a reboot has unmounted, has nothing to unconfigure. */
function createLookWhetherUp(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "look whether it is up",
    run: async ({ facts }) => {
      const { scene, timeflow } = await atWork(parts, facts);
      const isUp = scene.dataset.wantedState === "RUNNING" && (await parts.mounts.areComplete(scene, timeflow));
      return { facts: { isActive: isUp } };
    },
  });
}
