import type { Mount } from "../../entities/mount.ts";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import { scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import type { Change } from "../../ports/catalog.ts";
import { step, type Step, type StepWork } from "../../jobs/workflow.ts";
import type { VirtualFacts } from "../virtual-facts.ts";
import { atWork } from "./configuring.ts";

type Unmounted = { readonly mounts: readonly Mount[] };

/**
 * Where a pool cannot snapshot a dataset that is being written: stop → unmount → copy → mount → start.
 * Unmounting holds off the writers of a plugin without `stop`.
 */
export function createStandstillSteps(parts: DatasetParts): {
  readonly before: readonly Step<VirtualFacts>[];
  readonly after: readonly Step<VirtualFacts>[];
} {
  return {
    before: [createStopForCopy(parts), createUnmountForCopy(parts)],
    after: [createMountAfterCopy(parts), createStartAfterCopy(parts)],
  };
}

const mustStop = (facts: VirtualFacts): boolean => facts.mustStop;

function createStopForCopy(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "stop for the copy",
    when: mustStop,
    run: async (work) => {
      await call(parts, work, "virtual.stop");
      return undefined;
    },
    undo: async (work) => {
      await call(parts, work, "virtual.start");
      return undefined;
    },
  });
}

function createUnmountForCopy(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts, Unmounted>({
    name: "unmount for the copy",
    when: mustStop,
    intend: async (facts, choose) => ({ mounts: await choose.objects.mounts.list({ where: { timeflow: facts.timeflow } }) }),
    run: async ({ facts, own, mark }) => {
      const scene = await parts.scenes.virtual(facts.dataset);
      const changes = await parts.mounts.unmountAll({ scene, mark }, facts.timeflow);
      return { facts: { unmounted: own.mounts }, changes };
    },
    undo: async (work) => ({ changes: await mountAgain(parts, work, work.own.mounts) }),
  });
}

function createMountAfterCopy(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "mount after the copy",
    when: mustStop,
    run: async (work) => ({ changes: await mountAgain(parts, work, work.facts.unmounted) }),
  });
}

function createStartAfterCopy(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "start after the copy",
    when: mustStop,
    run: async (work) => {
      await call(parts, work, "virtual.start");
      return undefined;
    },
  });
}

async function call(parts: DatasetParts, work: StepWork<VirtualFacts>, operation: "virtual.start" | "virtual.stop"): Promise<void> {
  const { scene, timeflow } = await atWork(parts, work.facts);
  const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig ?? {} });
  await parts.operations.of(scene.plugin).perform(operation, args, scopeOf(work));
}

async function mountAgain(parts: DatasetParts, work: StepWork<VirtualFacts>, rows: readonly Mount[]): Promise<readonly Change[]> {
  return parts.mounts.mountAgain({ ...(await atWork(parts, work.facts)), mark: work.mark }, rows);
}
