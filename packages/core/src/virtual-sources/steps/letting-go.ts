import { EngineError } from "@opendvp/model";
import type { Mount } from "../../entities/mount.ts";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import { note, scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import type { Change } from "../../ports/catalog.ts";
import { step, type Step, type StepWork, type UndoOutcome } from "../../jobs/workflow.ts";
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

/** Unmounts the former timeflow. Undo: `mount_specification`, mount. */
export function createUnmountFormer(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts, { readonly mounts: readonly Mount[] }>({
    name: "unmount former",
    intend: async (facts, choose) => ({ mounts: await choose.objects.mounts.list({ where: { timeflow: facts.former } }) }),
    run: async ({ facts, mark }) => {
      const scene = await parts.scenes.virtual(facts.dataset);
      return { changes: await parts.mounts.unmountAll({ scene, mark }, facts.former) };
    },
    undo: async (work) => {
      try {
        return { changes: await mountFormer(parts, work) };
      } catch (error) {
        return restoreFailed(parts, work, EngineError.from(error));
      }
    },
  });
}

async function mountFormer(
  parts: DatasetParts,
  work: StepWork<VirtualFacts, { readonly mounts: readonly Mount[] }>,
): Promise<readonly Change[]> {
  const scene = await parts.scenes.virtual(work.facts.dataset);
  const former = await parts.scenes.timeflow(work.facts.former);
  const args = virtualArguments(scene, []);
  const wanted = await parts.operations.of(scene.plugin).askForMounts("virtual.mountSpecification", args, scopeOf(work));
  const plan = await parts.mounts.plan({ scene, timeflow: former }, wanted, work.own.mounts);
  const changes: Change[] = [];
  for (const mount of plan.mounts) {
    await parts.mounts.mount({ scene, timeflow: former, mark: work.mark }, plan, mount);
    const before = work.own.mounts.find((row) => row.mountPath === mount.mountPath && row.environment === mount.environment);
    if (before === undefined)
      throw new EngineError("MOUNT_FAILED", `The plugin now wants ${scene.dataset.name} at ${mount.mountPath}, where it was not before.`);
    changes.push({ collection: "mounts", remove: before.reference }, { collection: "mounts", insert: before });
  }
  return changes;
}

async function reconfigureFormer(parts: DatasetParts, work: StepWork<VirtualFacts>): Promise<UndoOutcome | undefined> {
  const scene = await parts.scenes.virtual(work.facts.dataset);
  const former = await parts.scenes.timeflow(work.facts.former);
  if (!(await parts.mounts.areComplete(scene, former))) return undefined;
  try {
    const rest = { sourceConfig: former.sourceConfig ?? {}, snapshot: former.parentSnapshotData ?? {} };
    const args = virtualArguments(scene, await parts.mounts.of(former.reference), rest);
    const sourceConfig = await parts.operations.of(scene.plugin).askForObject("virtual.reconfigure", args, scopeOf(work));
    return { changes: [{ collection: "timeflows", update: former.reference, set: { sourceConfig } }], mends: [RESTORE_FAILED] };
  } catch (error) {
    return restoreFailed(parts, work, EngineError.from(error));
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
