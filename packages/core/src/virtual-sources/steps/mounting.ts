import type { DatasetParts } from "../../datasets/dataset-parts.ts";
import { createMounting, type MountingSteps } from "../../datasets/mounting.ts";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import type { VirtualScene } from "../../datasets/scenes.ts";
import type { VirtualFacts } from "../virtual-facts.ts";
import { atWork } from "./configuring.ts";

/** `virtual.mount_specification` → mount. */
export function createMountingSteps(parts: DatasetParts, when: (facts: VirtualFacts) => boolean = () => true): MountingSteps<VirtualFacts> {
  return createMounting<VirtualFacts, VirtualScene>(parts, {
    when,
    atWork: (facts) => atWork(parts, facts),
    ask: (scene, known, scope) =>
      parts.operations.of(scene.plugin).askForMounts("virtual.mountSpecification", virtualArguments(scene, known), scope),
  });
}
