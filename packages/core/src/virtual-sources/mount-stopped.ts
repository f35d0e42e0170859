import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createMountingSteps } from "./steps/mounting.ts";
import { createRecordState } from "./steps/running.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** After a reboot: a VDB that is wanted stopped is mounted again, and no more. */
export function createMountStopped(parts: DatasetParts): Workflow<VirtualFacts> {
  const { askWhereToMount, unmountUnwanted, mount } = createMountingSteps(parts);
  return workflow<VirtualFacts>("mount-stopped", { version: 2 }, [
    askWhereToMount,
    unmountUnwanted,
    mount,
    pointOfNoReturn,
    createRecordState(parts, "record stopped", "STOPPED"),
  ]);
}
