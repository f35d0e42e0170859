import type { Reference } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";
import { step, type Step, type StepWork } from "../jobs/workflow.ts";
import { scopeOf, type DatasetParts } from "./dataset-parts.ts";
import { lookAtDataset } from "./look-at-dataset.ts";
import type { AtWork } from "./mounting.ts";
import type { Scene } from "./scenes.ts";

/** What the steps of a standstill know and give. */
export interface StandstillFacts {
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  /** Mounts taken away while a copy was made. */
  readonly unmounted: readonly Mount[];
}

export interface StandstillOptions<F extends StandstillFacts> {
  /** e.g. `staging`; empty for what needs no word of its own. */
  readonly what: string;
  readonly when: (facts: F) => boolean;
  /** Whether there is anything to stop, and thus to start again. Default: always. */
  readonly isRunning?: (facts: F) => boolean;
  /** Whether a stop or start that fails is only a warning: then unmounting alone holds off the writers. */
  readonly isLenient?: boolean;
  readonly atWork: (facts: F) => Promise<AtWork<Scene>>;
  readonly stop: (work: StepWork<F>) => Promise<void>;
  readonly start: (work: StepWork<F>) => Promise<void>;
}

export interface StandstillSteps<F extends object> {
  readonly before: readonly Step<F>[];
  readonly after: readonly Step<F>[];
}

/**
 * Where a pool cannot snapshot what is being written: stop → unmount → copy → mount → start.
 * Unmounting holds off the writers of a plugin without a stop of its own.
 */
export function createStandstill<F extends StandstillFacts>(parts: DatasetParts, options: StandstillOptions<F>): StandstillSteps<F> {
  const { what, when, isRunning = () => true, isLenient = false, stop, start } = options;
  const named = (verb: string, moment: string): string => [verb, what, `${moment} the copy`].filter((word) => word !== "").join(" ");
  const call = (run: (work: StepWork<F>) => Promise<void>) => (work: StepWork<F>) => run(work).then(() => undefined);
  const onFailure = isLenient ? { onFailure: "warn" as const } : {};
  const whenRunning = (facts: F): boolean => when(facts) && isRunning(facts);
  const startAgain = async (work: StepWork<F>): Promise<void> => {
    if (!(await isActive(parts, work, await options.atWork(work.facts)))) await start(work);
  };
  return {
    before: [
      step<F>({ name: named("stop", "for"), when: whenRunning, run: call(stop), undo: call(startAgain), ...onFailure }),
      createUnmountForCopy(parts, options),
    ],
    after: [
      createMountAfterCopy(parts, options),
      step<F>({ name: named("start", "after"), when: whenRunning, run: call(start), bringsBack: true, ...onFailure }),
    ],
  };
}

// The start after the copy may have been reached. A plugin without a word for the status, or that cannot tell, starts again.
async function isActive(parts: DatasetParts, work: StepWork<object>, { scene: { dataset, plugin } }: AtWork<Scene>): Promise<boolean> {
  if (!parts.operations.has(plugin, dataset.kind === "VDB" ? "virtual.status" : "linked.status")) return false;
  try {
    const { status, isAssumed = false } = await lookAtDataset(parts, dataset, scopeOf(work));
    return status === "ACTIVE" && !isAssumed;
  } catch {
    work.signal.throwIfAborted();
    return false;
  }
}

function createUnmountForCopy<F extends StandstillFacts>({ mounts }: DatasetParts, { when, atWork }: StandstillOptions<F>): Step<F> {
  return step<F, { readonly mounts: readonly Mount[] }>({
    name: "unmount for the copy",
    when,
    intend: async (facts, choose) => ({ mounts: await choose.objects.mounts.list({ where: { timeflow: facts.timeflow } }) }),
    run: async ({ facts, own, mark }) => {
      const { scene } = await atWork(facts);
      const changes = await mounts.unmountAll({ scene, mark }, facts.timeflow);
      return { facts: { unmounted: own.mounts } as Partial<F>, changes };
    },
    undo: async ({ facts, own, mark }) => {
      // Mounted again since, maybe at another place: that is where it stays.
      const known = await mounts.of(facts.timeflow);
      return { changes: await mounts.mountAgain({ ...(await atWork(facts)), mark }, known.length > 0 ? known : own.mounts) };
    },
  });
}

function createMountAfterCopy<F extends StandstillFacts>({ mounts }: DatasetParts, { when, atWork }: StandstillOptions<F>): Step<F> {
  return step<F>({
    name: "mount after the copy",
    when,
    run: async ({ facts, mark }) => ({ changes: await mounts.mountAgain({ ...(await atWork(facts)), mark }, facts.unmounted) }),
  });
}
