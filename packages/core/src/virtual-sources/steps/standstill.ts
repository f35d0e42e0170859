import { scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import { createStandstill, type StandstillOptions, type StandstillSteps } from "../../datasets/standstill.ts";
import type { StepWork } from "../../jobs/workflow.ts";
import type { VirtualFacts } from "../virtual-facts.ts";
import { atWork } from "./configuring.ts";

/** Where a pool cannot snapshot a VDB that is being written: `virtual.stop` → unmount → copy → mount → `virtual.start`. */
export function createStandstillSteps(
  parts: DatasetParts,
  options: Pick<StandstillOptions<VirtualFacts>, "isRunning" | "isLenient"> = {},
): StandstillSteps<VirtualFacts> {
  return createStandstill<VirtualFacts>(parts, {
    ...options,
    what: "",
    when: (facts) => facts.mustStop,
    atWork: (facts) => atWork(parts, facts),
    stop: (work) => call(parts, work, "virtual.stop"),
    start: (work) => call(parts, work, "virtual.start"),
  });
}

async function call(parts: DatasetParts, work: StepWork<VirtualFacts>, operation: "virtual.start" | "virtual.stop"): Promise<void> {
  const { scene, timeflow } = await atWork(parts, work.facts);
  const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig ?? {} });
  await parts.operations.of(scene.plugin).perform(operation, args, scopeOf(work));
}
