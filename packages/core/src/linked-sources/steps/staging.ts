import { EngineError, type OperationName } from "@opendvp/model";
import { note, scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { lookAtDataset } from "../../datasets/look-at-dataset.ts";
import { createMounting, type AtWork, type MountingSteps } from "../../datasets/mounting.ts";
import { mountsThere } from "../../datasets/mounts-there.ts";
import { linkedArguments } from "../../datasets/plugin-arguments.ts";
import type { LinkedScene } from "../../datasets/scenes.ts";
import { NOT_AS_WANTED } from "../../datasets/wanted-state.ts";
import type { ObservedStatus, WantedState } from "../../entities/dataset.ts";
import { step, type Step, type StepWork } from "../../jobs/workflow.ts";
import type { LinkedFacts } from "../linked-facts.ts";

type When = (facts: LinkedFacts) => boolean;

/** `linked.mount_specification` → mount. */
export function createStagingMounts(parts: DatasetParts, when: When): MountingSteps<LinkedFacts> {
  return createMounting<LinkedFacts, LinkedScene>(parts, {
    when,
    atWork: (facts) => staged(parts, facts),
    ask: async (scene, known, scope) => {
      const args = linkedArguments(scene, known);
      const wanted = await parts.operations.of(scene.plugin).askForMounts("linked.mountSpecification", args, scope);
      if (wanted.mounts.length === 1 && wanted.mounts[0]?.sharedPath !== "") throw partOnly(scene.plugin.name);
      return wanted;
    },
  });
}

function partOnly(plugin: string): EngineError {
  return new EngineError(
    "PLUGIN_RESULT_INVALID",
    `linked.mountSpecification of plugin ${plugin} shares only a part of a staging copy that has one mount.`,
    { action: "Leave shared_path out, or give several mounts." },
  );
}

/** Whether the staging copy is active: `linked.status`, and all its mounts there. */
export function createAskStagedStatus(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "ask status",
    when: (facts) => facts.isStaged,
    run: async (work) => ({ facts: { isActive: await isActive(parts, work) } }),
  });
}

async function isActive(parts: DatasetParts, work: StepWork<LinkedFacts>): Promise<boolean> {
  const { status } = await lookAtDataset(parts, await parts.scenes.dataset(work.facts.dataset), scopeOf(work));
  return status === "ACTIVE";
}

/** `linked.start_staging`. Undo: stop_staging, its error only noted. */
export function createStartStaging(parts: DatasetParts, when: When): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "start staging",
    when,
    run: async (work) => {
      await performStaged(parts, work, "linked.startStaging");
      return undefined;
    },
    undo: async (work) => {
      try {
        await performStaged(parts, work, "linked.stopStaging");
      } catch (error) {
        note(work, "stop staging", EngineError.from(error));
      }
      await parts.mounts.endUsers(work.facts.timeflow);
      return undefined;
    },
  });
}

/** `linked.stop_staging`. Where nothing is mounted nothing of it can run, so that its error is only noted: it may still hold things elsewhere. */
export function createStopStaging(parts: DatasetParts, when: When): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "stop staging",
    when,
    run: async (work) => {
      try {
        await performStaged(parts, work, "linked.stopStaging");
      } catch (error) {
        if (!work.facts.isForced && (await isMounted(parts, work.facts))) throw error;
        work.signal.throwIfAborted();
        note(work, "stop staging", EngineError.from(error));
      }
      return undefined;
    },
  });
}

async function isMounted(parts: DatasetParts, facts: LinkedFacts): Promise<boolean> {
  const { scene, timeflow } = await staged(parts, facts);
  return (await mountsThere(parts, scene, timeflow)) !== "NONE";
}

/** Unmounts the staging copy, wherever it is; without an undo, like every end of a dataset. */
export function createUnmountStaging(parts: DatasetParts, when: When): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "unmount",
    when,
    run: async ({ facts, mark }) => {
      const { scene, timeflow } = await staged(parts, facts);
      return { changes: await parts.mounts.unmountEverywhere({ scene, mark, endUsers: facts.isForced }, timeflow) };
    },
  });
}

export function createRecordLinkedState(parts: DatasetParts, name: string, wantedState: WantedState): Step<LinkedFacts> {
  const status: ObservedStatus = wantedState === "RUNNING" ? "ACTIVE" : "INACTIVE";
  return step<LinkedFacts>({
    name,
    run: ({ facts }) =>
      Promise.resolve({
        changes: [{ collection: "datasets", update: facts.dataset, set: { stage: "READY", wantedState, status, statusAt: parts.now() } }],
        mends: [NOT_AS_WANTED],
      }),
  });
}

/** Calls an operation of the staging copy that answers nothing. */
export async function performStaged(parts: DatasetParts, work: StepWork<LinkedFacts>, operation: OperationName): Promise<void> {
  const { scene, timeflow } = await staged(parts, work.facts);
  await parts.operations
    .of(scene.plugin)
    .perform(operation, linkedArguments(scene, await parts.mounts.of(timeflow.reference)), scopeOf(work));
}

/** The dSource of a step, and its timeflow. */
export async function staged(parts: DatasetParts, facts: Pick<LinkedFacts, "dataset" | "timeflow">): Promise<AtWork<LinkedScene>> {
  const [scene, timeflow] = await Promise.all([parts.scenes.linked(facts.dataset), parts.scenes.timeflow(facts.timeflow)]);
  return { scene, timeflow };
}
