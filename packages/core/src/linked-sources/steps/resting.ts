import type { Mount } from "../../entities/mount.ts";
import type { Change } from "../../ports/catalog.ts";
import { scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { linkedArguments } from "../../datasets/plugin-arguments.ts";
import { step, type Step, type StepWork } from "../../jobs/workflow.ts";
import type { LinkedFacts } from "../linked-facts.ts";
import { staged } from "./staging.ts";

type Unmounted = { readonly mounts: readonly Mount[] };

const mustStop = (facts: LinkedFacts): boolean => facts.mustStop && facts.isStaged;

/** Where a pool cannot snapshot a staging copy that is being written: stop_staging → unmount → copy → mount → start_staging. */
export function createRestSteps(parts: DatasetParts): {
  readonly before: readonly Step<LinkedFacts>[];
  readonly after: readonly Step<LinkedFacts>[];
} {
  return {
    before: [stopForCopy(parts), unmountForCopy(parts)],
    after: [mountAfterCopy(parts), startAfterCopy(parts)],
  };
}

function stopForCopy(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "stop staging for the copy",
    when: mustStop,
    run: async (work) => {
      await call(parts, work, "linked.stopStaging");
      return undefined;
    },
    undo: async (work) => {
      await call(parts, work, "linked.startStaging");
      return undefined;
    },
  });
}

function unmountForCopy(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts, Unmounted>({
    name: "unmount for the copy",
    when: mustStop,
    intend: async (facts, choose) => ({ mounts: await choose.objects.mounts.list({ where: { timeflow: facts.timeflow } }) }),
    run: async ({ facts, own, mark }) => {
      const scene = await parts.scenes.linked(facts.dataset);
      return { facts: { unmounted: own.mounts }, changes: await parts.mounts.unmountAll({ scene, mark }, facts.timeflow) };
    },
    undo: async (work) => ({ changes: await mountAgain(parts, work, work.own.mounts) }),
  });
}

function mountAfterCopy(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "mount after the copy",
    when: mustStop,
    run: async (work) => ({ changes: await mountAgain(parts, work, work.facts.unmounted) }),
  });
}

function startAfterCopy(parts: DatasetParts): Step<LinkedFacts> {
  return step<LinkedFacts>({
    name: "start staging after the copy",
    when: mustStop,
    run: async (work) => {
      await call(parts, work, "linked.startStaging");
      return undefined;
    },
  });
}

async function call(
  parts: DatasetParts,
  work: StepWork<LinkedFacts>,
  operation: "linked.startStaging" | "linked.stopStaging",
): Promise<void> {
  const { scene, timeflow } = await staged(parts, work.facts);
  await parts.operations
    .of(scene.plugin)
    .perform(operation, linkedArguments(scene, await parts.mounts.of(timeflow.reference)), scopeOf(work));
}

async function mountAgain(parts: DatasetParts, work: StepWork<LinkedFacts>, rows: readonly Mount[]): Promise<readonly Change[]> {
  const at = { ...(await staged(parts, work.facts)), mark: work.mark };
  return parts.mounts.mountAgain(at, rows);
}
