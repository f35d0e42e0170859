import { EngineError, type OperationName, type Reference } from "@opendvp/model";
import type { PlannedMount } from "../../datasets/dataset-mounts.ts";
import { note, scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { linkedArguments } from "../../datasets/plugin-arguments.ts";
import type { LinkedScene } from "../../datasets/scenes.ts";
import type { ObservedStatus, WantedState } from "../../entities/dataset.ts";
import type { Timeflow } from "../../entities/timeflow.ts";
import { forEach, step, type ForEachStep, type Step, type StepWork } from "../../jobs/workflow.ts";
import { NOT_AS_WANTED } from "../../virtual-sources/steps/running.ts";
import type { LinkedFacts } from "../linked-facts.ts";

type When = (facts: LinkedFacts) => boolean;

/** `linked.mount_specification`, checked; then what is not mounted yet is mounted. Undo: unmount. */
export function createStagingMounts(
  parts: DatasetParts,
  when: When,
): { readonly askWhereToMount: Step<LinkedFacts>; readonly mount: ForEachStep<LinkedFacts> } {
  return { askWhereToMount: createAskWhereToMount(parts, when), mount: createMount(parts, when) };
}

function createAskWhereToMount(parts: DatasetParts, when: When): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "ask where to mount",
    when,
    run: async (work) => {
      const { scene, timeflow } = await staged(parts, work.facts);
      const known = await parts.mounts.of(timeflow.reference);
      const wanted = await parts.operations
        .of(scene.plugin)
        .askForMounts("linked.mountSpecification", linkedArguments(scene, known), scopeOf(work));
      if (wanted.mounts.length === 1 && wanted.mounts[0]?.sharedPath !== "") {
        throw new EngineError(
          "PLUGIN_RESULT_INVALID",
          `linked.mountSpecification of plugin ${scene.plugin.name} shares only a part of a staging copy that has one mount.`,
          {
            action: "Leave shared_path out, or give several mounts.",
          },
        );
      }
      return { facts: { mountPlan: await parts.mounts.plan({ scene, timeflow }, wanted, known) } };
    },
  });
}

function createMount(parts: DatasetParts, when: When): ForEachStep<LinkedFacts> {
  return forEach(
    "mount",
    (facts) => facts.mountPlan.mounts.filter((mount) => !mount.isThere).map(keyOf),
    step<LinkedFacts, { readonly mount: Reference<"MOUNT"> }>({
      name: "mount one",
      when,
      intend: async (_facts, choose) => ({ mount: await choose.reference("MOUNT") }),
      run: async ({ facts, own, key, mark }) => {
        const work = { ...(await staged(parts, facts)), mark };
        await parts.mounts.mount(work, facts.mountPlan, mountOf(facts, key));
        return { changes: await parts.mounts.recorded(own.mount, work.timeflow, mountOf(facts, key)) };
      },
      undo: async ({ facts, own, key, mark }) => {
        await parts.mounts.clear({ ...(await staged(parts, facts)), mark }, mountOf(facts, key));
        return { changes: [{ collection: "mounts", remove: own.mount }] };
      },
    }),
  );
}

/** `linked.status`; a staging copy whose mounts are not all there is INACTIVE whatever the plugin says. */
export function createAskStagedStatus(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "ask status",
    when: (facts) => facts.isStaged,
    run: async (work) => ({ facts: { isActive: (await askStagedStatus(parts, work.facts, work)) === "ACTIVE" } }),
  });
}

export async function askStagedStatus(
  parts: DatasetParts,
  facts: Pick<LinkedFacts, "dataset" | "timeflow">,
  scope: Pick<StepWork<object>, "job" | "mark" | "signal">,
): Promise<ObservedStatus> {
  const { scene, timeflow } = await staged(parts, facts);
  if (!(await parts.mounts.areComplete(scene, timeflow))) return "INACTIVE";
  const args = linkedArguments(scene, await parts.mounts.of(timeflow.reference));
  return parts.operations.of(scene.plugin).askForStatus("linked.status", args, scopeOf(scope));
}

/** `linked.start_staging`. Undo: stop_staging, its error only noted. */
export function createStartStaging(parts: DatasetParts, when: When): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "start staging",
    when,
    run: async (work) => {
      await perform(parts, work, "linked.startStaging");
      return undefined;
    },
    undo: async (work) => {
      try {
        await perform(parts, work, "linked.stopStaging");
      } catch (error) {
        note(work, "stop staging", EngineError.from(error));
      }
      await parts.mounts.endUsers(work.facts.timeflow);
      return undefined;
    },
  });
}

/** `linked.stop_staging`. */
export function createStopStaging(parts: DatasetParts, when: When): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "stop staging",
    when,
    run: async (work) => {
      try {
        await perform(parts, work, "linked.stopStaging");
      } catch (error) {
        if (!work.facts.isForced) throw error;
        work.signal.throwIfAborted();
        note(work, "stop staging", EngineError.from(error));
      }
      return undefined;
    },
  });
}

/** Unmounts the staging copy; without an undo, like every end of a dataset. */
export function createUnmountStaging(parts: DatasetParts, when: When): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "unmount",
    when,
    run: async ({ facts, mark }) => {
      const scene = await parts.scenes.linked(facts.dataset);
      return { changes: await parts.mounts.unmountAll({ scene, mark, endUsers: facts.isForced }, facts.timeflow) };
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

async function perform(parts: DatasetParts, work: StepWork<LinkedFacts>, operation: OperationName): Promise<void> {
  const { scene, timeflow } = await staged(parts, work.facts);
  await parts.operations
    .of(scene.plugin)
    .perform(operation, linkedArguments(scene, await parts.mounts.of(timeflow.reference)), scopeOf(work));
}

export async function staged(
  parts: DatasetParts,
  facts: Pick<LinkedFacts, "dataset" | "timeflow">,
): Promise<{ readonly scene: LinkedScene; readonly timeflow: Timeflow }> {
  const [scene, timeflow] = await Promise.all([parts.scenes.linked(facts.dataset), parts.scenes.timeflow(facts.timeflow)]);
  return { scene, timeflow };
}

function keyOf(mount: PlannedMount): string {
  return `${mount.environment} ${mount.mountPath}`;
}

function mountOf(facts: LinkedFacts, key: string): PlannedMount {
  const mount = facts.mountPlan.mounts.find((candidate) => keyOf(candidate) === key);
  if (mount === undefined) throw new Error(`No mount is planned for ${key}.`);
  return mount;
}
