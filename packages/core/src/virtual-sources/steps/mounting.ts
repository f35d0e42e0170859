import type { Reference } from "@opendvp/model";
import type { PlannedMount } from "../../datasets/dataset-mounts.ts";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import { scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { forEach, step, type ForEachStep, type Step } from "../../jobs/workflow.ts";
import type { VirtualFacts } from "../virtual-facts.ts";

export interface MountingSteps {
  /** `virtual.mount_specification`, checked. */
  readonly askWhereToMount: Step<VirtualFacts>;
  /** Mounts what is not mounted yet. Undo: unmount. */
  readonly mount: ForEachStep<VirtualFacts>;
}

export function createMountingSteps(parts: DatasetParts, when: (facts: VirtualFacts) => boolean = () => true): MountingSteps {
  return { askWhereToMount: createAskWhereToMount(parts, when), mount: createMount(parts, when) };
}

function createAskWhereToMount({ scenes, operations, mounts }: DatasetParts, when: (facts: VirtualFacts) => boolean): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "ask where to mount",
    when,
    run: async (work) => {
      const scene = await scenes.virtual(work.facts.dataset);
      const timeflow = await scenes.timeflow(work.facts.timeflow);
      const known = await mounts.of(timeflow.reference);
      const args = virtualArguments(scene, known);
      const wanted = await operations.of(scene.plugin).askForMounts("virtual.mountSpecification", args, scopeOf(work));
      return { facts: { mountPlan: await mounts.plan({ scene, timeflow }, wanted, known) } };
    },
  });
}

function createMount({ scenes, mounts }: DatasetParts, when: (facts: VirtualFacts) => boolean): ForEachStep<VirtualFacts> {
  return forEach(
    "mount",
    (facts) => facts.mountPlan.mounts.filter((mount) => !mount.isThere).map(keyOf),
    step<VirtualFacts, { readonly mount: Reference<"MOUNT"> }>({
      name: "mount one",
      when,
      intend: async (_facts, choose) => ({ mount: await choose.reference("MOUNT") }),
      run: async ({ facts, own, key, mark }) => {
        const scene = await scenes.virtual(facts.dataset);
        const timeflow = await scenes.timeflow(facts.timeflow);
        const mount = mountOf(facts, key);
        await mounts.mount({ scene, timeflow, mark }, facts.mountPlan, mount);
        return { changes: await mounts.recorded(own.mount, timeflow, mount) };
      },
      undo: async ({ facts, own, key, mark }) => {
        const scene = await scenes.virtual(facts.dataset);
        const timeflow = await scenes.timeflow(facts.timeflow);
        await mounts.clear({ scene, timeflow, mark }, mountOf(facts, key));
        return { changes: [{ collection: "mounts", remove: own.mount }] };
      },
    }),
  );
}

function keyOf(mount: PlannedMount): string {
  return `${mount.environment} ${mount.mountPath}`;
}

function mountOf(facts: VirtualFacts, key: string): PlannedMount {
  const mount = facts.mountPlan.mounts.find((candidate) => keyOf(candidate) === key);
  if (mount === undefined) throw new Error(`No mount is planned for ${key}.`);
  return mount;
}
