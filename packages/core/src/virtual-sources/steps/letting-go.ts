import { EngineError } from "@opendvp/model";
import { note, scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { isSamePlace, type MountPlan } from "../../datasets/mount-plan.ts";
import type { AtWork } from "../../datasets/mounting.ts";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import type { VirtualScene } from "../../datasets/scenes.ts";
import type { Mount } from "../../entities/mount.ts";
import type { Timeflow } from "../../entities/timeflow.ts";
import { step, type Choose, type Step, type StepWork, type UndoOutcome } from "../../jobs/workflow.ts";
import type { Change } from "../../ports/catalog.ts";
import type { VirtualFacts } from "../virtual-facts.ts";

/** A former timeflow that could not be brought back: its data is intact, but nothing runs on it. */
export const RESTORE_FAILED = "RESTORE_FAILED";

/** `virtual.unconfigure` of the former timeflow. Undo: `reconfigure` with its own source config, once it is mounted again. */
export function createUnconfigureFormer(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "unconfigure former",
    run: async (work) => {
      const scene = await parts.scenes.virtual(work.facts.dataset);
      const former = await parts.scenes.timeflow(work.facts.former);
      const sourceConfig = former.sourceConfig ?? {};
      const args = virtualArguments(scene, await parts.mounts.of(former.reference), { sourceConfig });
      await parts.operations.of(scene.plugin).perform("virtual.unconfigure", args, scopeOf(work));
      return { facts: { formerSourceConfig: sourceConfig } };
    },
    undo: (work) => reconfigureFormer(parts, work),
  });
}

/**
 * Unmounts the former timeflow. What mounts it again when the job turns back comes in two steps, so that nothing is mounted
 * that the catalog does not know: the undo of the second writes down where, the undo of the first mounts what is written.
 */
export function createUnmountFormer(parts: DatasetParts): readonly Step<VirtualFacts>[] {
  return [createStandReady(parts), createUnmount(parts)];
}

function createStandReady(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "get ready to leave",
    run: () => Promise.resolve(undefined),
    undo: async (work) => {
      try {
        const [scene, timeflow] = await sceneOfFormer(parts, work.facts);
        return { changes: await parts.mounts.mountAgain({ scene, timeflow, mark: work.mark }, await parts.mounts.of(timeflow.reference)) };
      } catch (error) {
        return restoreFailed(parts, work, EngineError.from(error));
      }
    },
  });
}

function createUnmount(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts, FormerMounts>({
    name: "unmount former",
    intend: async (facts, choose) => ({ mounts: await choose.objects.mounts.list({ where: { timeflow: facts.former } }) }),
    run: async ({ facts, mark }) => {
      const scene = await parts.scenes.virtual(facts.dataset);
      return { changes: await parts.mounts.unmountAll({ scene, mark }, facts.former) };
    },
    undo: (work) => recordWayBack(parts, work),
  });
}

interface FormerMounts {
  readonly mounts: readonly Mount[];
}

/** `mount_specification`: where the former timeflow is to be mounted again. Where the plugin or the place fails, it is where it was. */
async function recordWayBack(parts: DatasetParts, work: StepWork<VirtualFacts, FormerMounts>): Promise<UndoOutcome> {
  const [scene, former] = await sceneOfFormer(parts, work.facts);
  const before = work.own.mounts;
  const plan = await planWayBack(parts, work, { scene, timeflow: former });
  if (plan === undefined) return { changes: parts.mounts.knownAgain(before) };
  const removals = before.map(({ reference }): Change => ({ collection: "mounts", remove: reference }));
  const insertions = async (choose: Choose): Promise<readonly Change[]> =>
    Promise.all(
      plan.mounts.map(async (mount): Promise<Change> => {
        const reference = before.find((row) => isSamePlace(row, mount))?.reference ?? (await choose.reference("MOUNT"));
        return { collection: "mounts", insert: parts.mounts.rowOf(reference, former, mount) };
      }),
    );
  return { changes: removals, changesWith: insertions };
}

async function planWayBack(
  parts: DatasetParts,
  work: StepWork<VirtualFacts, FormerMounts>,
  at: AtWork<VirtualScene>,
): Promise<MountPlan | undefined> {
  try {
    const args = virtualArguments(at.scene, []);
    const wanted = await parts.operations.of(at.scene.plugin).askForMounts("virtual.mountSpecification", args, scopeOf(work));
    const plan = await parts.mounts.plan(at, wanted, work.own.mounts);
    // Unmounting may have failed half-way: what is still there and wanted elsewhere goes.
    const left = plan.noLongerWanted.map(({ mount }) => mount);
    await parts.mounts.unmount({ scene: at.scene, mark: work.mark }, left);
    return plan;
  } catch (error) {
    work.signal.throwIfAborted();
    note(work, "The former timeflow is mounted again where it was", EngineError.from(error));
    return undefined;
  }
}

async function sceneOfFormer(parts: DatasetParts, facts: VirtualFacts): Promise<readonly [VirtualScene, Timeflow]> {
  return Promise.all([parts.scenes.virtual(facts.dataset), parts.scenes.timeflow(facts.former)]);
}

async function reconfigureFormer(parts: DatasetParts, work: StepWork<VirtualFacts>): Promise<UndoOutcome | undefined> {
  const scene = await parts.scenes.virtual(work.facts.dataset);
  const former = await parts.scenes.timeflow(work.facts.former);
  if (!(await parts.mounts.areComplete(scene, former))) return undefined;
  try {
    const rest = { sourceConfig: former.sourceConfig ?? {}, snapshot: former.parentSnapshotData ?? {} };
    const args = virtualArguments(scene, await parts.mounts.of(former.reference), rest);
    const sourceConfig = await parts.operations.of(scene.plugin).askForObject("virtual.reconfigure", args, scopeOf(work));
    if (scene.dataset.wantedState === "STOPPED") await stopAgain(parts, work, { scene, timeflow: { ...former, sourceConfig } });
    return { changes: [{ collection: "timeflows", update: former.reference, set: { sourceConfig } }], mends: [RESTORE_FAILED] };
  } catch (error) {
    return restoreFailed(parts, work, EngineError.from(error));
  }
}

// Reconfigure has started what a user had stopped.
async function stopAgain(parts: DatasetParts, work: StepWork<VirtualFacts>, { scene, timeflow }: AtWork<VirtualScene>): Promise<void> {
  try {
    const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig ?? {} });
    await parts.operations.of(scene.plugin).perform("virtual.stop", args, scopeOf(work));
  } catch (error) {
    note(work, "stop", EngineError.from(error));
  }
}

// Left unmounted rather than half alive: the data is intact, and the fault says how to bring it back.
async function restoreFailed(parts: DatasetParts, work: StepWork<VirtualFacts>, error: EngineError): Promise<UndoOutcome> {
  note(work, "The former timeflow could not be brought back", error);
  const scene = await parts.scenes.virtual(work.facts.dataset);
  const changes = await parts.mounts.unmountAll({ scene, mark: work.mark, endUsers: true }, work.facts.former);
  return {
    changes: [...changes, { collection: "datasets", update: scene.dataset.reference, set: { status: "INACTIVE", statusAt: parts.now() } }],
    faults: [
      {
        code: RESTORE_FAILED,
        message: `${scene.dataset.name} is unmounted: after a failure it could not be brought back as it was. Its data is intact. ${error.message}`,
        action: `Mend the cause, then enable ${scene.dataset.name}. ${error.action}`.trim(),
      },
    ],
  };
}
