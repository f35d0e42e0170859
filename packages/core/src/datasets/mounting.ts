import type { Reference } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import { forEach, step, type ForEachStep, type Step } from "../jobs/workflow.ts";
import type { MountSpecification } from "../plugins/mount-specification.ts";
import type { OperationScope } from "../plugins/operations.ts";
import { scopeOf, type DatasetParts } from "./dataset-parts.ts";
import type { MountPlan, PlannedMount, UnwantedMount } from "./mount-plan.ts";
import type { Scene } from "./scenes.ts";

/** The dataset of a step and the timeflow whose head it works on. */
export interface AtWork<S extends Scene> {
  readonly scene: S;
  readonly timeflow: Timeflow;
}

export interface MountingSteps<F extends object> {
  /** The plugin's mount_specification, checked. */
  readonly askWhereToMount: Step<F>;
  /** Unmounts what the specification names no more. Undo: mount it again. For datasets that may be mounted already; comes before `mount`. */
  readonly unmountUnwanted: ForEachStep<F>;
  /** Mounts what is not mounted yet. Undo: unmount. */
  readonly mount: ForEachStep<F>;
}

export interface MountingOptions<F extends object, S extends Scene> {
  readonly when: (facts: F) => boolean;
  readonly atWork: (facts: F) => Promise<AtWork<S>>;
  /** Asks the plugin; `known` are the mounts that the catalog has. */
  readonly ask: (scene: S, known: readonly Mount[], scope: OperationScope) => Promise<MountSpecification>;
}

/** How a dataset comes to where its plugin wants it: the same for staging copies and VDBs. */
export function createMounting<F extends { readonly mountPlan: MountPlan }, S extends Scene>(
  parts: DatasetParts,
  options: MountingOptions<F, S>,
): MountingSteps<F> {
  return {
    askWhereToMount: createAskWhereToMount(parts, options),
    unmountUnwanted: createUnmountUnwanted(parts, options),
    mount: createMount(parts, options),
  };
}

function createAskWhereToMount<F extends { readonly mountPlan: MountPlan }, S extends Scene>(
  { mounts }: DatasetParts,
  { when, atWork, ask }: MountingOptions<F, S>,
): Step<F> {
  return step<F>({
    name: "ask where to mount",
    when,
    run: async (work) => {
      const { scene, timeflow } = await atWork(work.facts);
      const known = await mounts.of(timeflow.reference);
      const wanted = await ask(scene, known, scopeOf(work));
      return { facts: { mountPlan: await mounts.plan({ scene, timeflow }, wanted, known) } as Partial<F> };
    },
  });
}

function createUnmountUnwanted<F extends { readonly mountPlan: MountPlan }, S extends Scene>(
  { mounts }: DatasetParts,
  { when, atWork }: MountingOptions<F, S>,
): ForEachStep<F> {
  return forEach(
    "unmount what is no longer wanted",
    (facts) => facts.mountPlan.noLongerWanted.map(({ mount }) => mount.reference),
    step<F>({
      name: "unmount one",
      when,
      run: async ({ facts, key, mark }) => {
        const { mount } = unwantedOf(facts.mountPlan, key);
        return { changes: await mounts.unmount({ ...(await atWork(facts)), mark }, [mount]) };
      },
      undo: async ({ facts, key, mark }) => {
        const { mount, isThere } = unwantedOf(facts.mountPlan, key);
        // One that was gone already is only known again.
        if (!isThere) return { changes: mounts.knownAgain([mount]) };
        return { changes: await mounts.mountAgain({ ...(await atWork(facts)), mark }, [mount]) };
      },
    }),
  );
}

function createMount<F extends { readonly mountPlan: MountPlan }, S extends Scene>(
  { mounts }: DatasetParts,
  { when, atWork }: MountingOptions<F, S>,
): ForEachStep<F> {
  return forEach(
    "mount",
    (facts) => facts.mountPlan.mounts.filter((mount) => !mount.isThere).map(keyOf),
    step<F, { readonly mount: Reference<"MOUNT"> }>({
      name: "mount one",
      when,
      intend: async (_facts, choose) => ({ mount: await choose.reference("MOUNT") }),
      run: async ({ facts, own, key, mark }) => {
        const at = await atWork(facts);
        const mount = mountOf(facts.mountPlan, key);
        await mounts.mount({ ...at, mark }, facts.mountPlan, mount);
        return { changes: await mounts.recorded(own.mount, at.timeflow, mount) };
      },
      undo: async ({ facts, own, key, mark }) => {
        await mounts.clear({ ...(await atWork(facts)), mark }, mountOf(facts.mountPlan, key));
        return { changes: [{ collection: "mounts", remove: own.mount }] };
      },
    }),
  );
}

function keyOf(mount: PlannedMount): string {
  return `${mount.environment} ${mount.mountPath}`;
}

function unwantedOf(plan: MountPlan, key: string): UnwantedMount {
  const unwanted = plan.noLongerWanted.find(({ mount }) => mount.reference === key);
  if (unwanted === undefined) throw new Error(`${key} is not among the mounts to leave.`);
  return unwanted;
}

function mountOf(plan: MountPlan, key: string): PlannedMount {
  const mount = plan.mounts.find((candidate) => keyOf(candidate) === key);
  if (mount === undefined) throw new Error(`No mount is planned for ${key}.`);
  return mount;
}
