import { EngineError, type JsonObject, type OperationName } from "@opendvp/model";
import type { AtWork } from "../../datasets/mounting.ts";
import { virtualArguments } from "../../datasets/plugin-arguments.ts";
import { note, scopeOf, type DatasetParts } from "../../datasets/dataset-parts.ts";
import type { Change } from "../../ports/catalog.ts";
import { step, type Step, type StepWork } from "../../jobs/workflow.ts";
import type { VirtualScene } from "../../datasets/scenes.ts";
import type { Timeflow } from "../../entities/timeflow.ts";
import type { VirtualFacts } from "../virtual-facts.ts";

/** `virtual.configure`: the copied data becomes usable, and runs. Undo: end whatever uses the mount. */
export function createConfigure(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "configure",
    run: async (work) => ({ changes: await callForSourceConfig(parts, work, "virtual.configure") }),
    undo: async ({ facts }) => {
      await parts.mounts.endUsers(facts.timeflow);
      return undefined;
    },
  });
}

/** `virtual.initialize`: an empty dataset becomes a running one. Undo: end whatever uses the mount. */
export function createInitialize(parts: DatasetParts): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: "initialize",
    run: async (work) => ({ changes: await callForSourceConfig(parts, work, "virtual.initialize") }),
    undo: async ({ facts }) => {
      await parts.mounts.endUsers(facts.timeflow);
      return undefined;
    },
  });
}

/** `virtual.configure` or `virtual.reconfigure` on a new timeflow. Undo: unconfigure it if it had got that far, end what uses the mount. */
export function createConfigureNewTimeflow(
  parts: DatasetParts,
  operation: "virtual.configure" | "virtual.reconfigure",
): Step<VirtualFacts> {
  return step<VirtualFacts>({
    name: operation === "virtual.configure" ? "configure" : "reconfigure",
    run: async (work) => ({ changes: await callForSourceConfig(parts, work, operation) }),
    undo: (work) => unconfigureQuietly(parts, work),
  });
}

/** `virtual.unconfigure`, its error only noted, and an end of all that uses the mount. */
export async function unconfigureQuietly(parts: DatasetParts, work: StepWork<VirtualFacts>): Promise<undefined> {
  const { scene, timeflow } = await atWork(parts, work.facts);
  if (timeflow.sourceConfig !== null) {
    try {
      const args = virtualArguments(scene, await parts.mounts.of(timeflow.reference), { sourceConfig: timeflow.sourceConfig });
      await parts.operations.of(scene.plugin).perform("virtual.unconfigure", args, scopeOf(work));
    } catch (error) {
      note(work, "unconfigure", EngineError.from(error));
    }
  }
  await parts.mounts.endUsers(timeflow.reference);
  return undefined;
}

/** Calls an operation that answers a source config, and says where the catalog keeps it. */
export async function callForSourceConfig(
  parts: DatasetParts,
  work: StepWork<VirtualFacts>,
  operation: Extract<OperationName, "virtual.configure" | "virtual.reconfigure" | "virtual.initialize">,
): Promise<readonly Change[]> {
  const { scene, timeflow } = await atWork(parts, work.facts);
  const mounts = await parts.mounts.of(timeflow.reference);
  const sourceConfig = await parts.operations
    .of(scene.plugin)
    .askForObject(operation, virtualArguments(scene, mounts, restOf(operation, timeflow, work)), scopeOf(work));
  return [{ collection: "timeflows", update: timeflow.reference, set: { sourceConfig } }];
}

// On a rewind the new timeflow has no source config of its own yet: the plugin gets the former one's.
function restOf(
  operation: OperationName,
  timeflow: Timeflow,
  work: StepWork<VirtualFacts>,
): { sourceConfig?: JsonObject; snapshot?: JsonObject } {
  if (operation === "virtual.initialize") return {};
  const snapshot = timeflow.parentSnapshotData ?? {};
  if (operation === "virtual.configure") return { snapshot };
  return { sourceConfig: timeflow.sourceConfig ?? work.facts.formerSourceConfig, snapshot };
}

/** The VDB of a step, and the timeflow that it works on. */
export async function atWork(parts: DatasetParts, facts: Pick<VirtualFacts, "dataset" | "timeflow">): Promise<AtWork<VirtualScene>> {
  const [scene, timeflow] = await Promise.all([parts.scenes.virtual(facts.dataset), parts.scenes.timeflow(facts.timeflow)]);
  return { scene, timeflow };
}
