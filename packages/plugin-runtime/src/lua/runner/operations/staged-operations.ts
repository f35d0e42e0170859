import { isJsonObject, type JsonObject } from "@opendvp/model";
import { mountSpecification } from "./mount-specification.ts";
import type { OperationScripts } from "./operation-scripts.ts";
import type { Operation, OperationTable } from "./operation.ts";
import { stagedScene, type Scene } from "./scene.ts";
import { isFilled, whileFilling } from "./staging-copy.ts";
import { statusOf } from "./status.ts";

/**
 * A toolkit with a `resync` script fills its staging copy by it, at the first sync and when a resync is asked for. Until then there is
 * nothing that could be started or worked on.
 */
export function stagedOperations(scripts: OperationScripts): OperationTable {
  const fills = scripts.has("linked", "resync");
  const runIfFilled = (name: string): Operation => {
    return (args) => {
      const scene = stagedScene(args);
      return fills && !isFilled(scripts, scene) ? null : scripts.perform("linked", name, scene);
    };
  };
  return {
    "linked.mountSpecification": (args) => mountSpecification(scripts, "linked", stagedScene(args)),
    "linked.startStaging": runIfFilled("startStaging"),
    "linked.stopStaging": runIfFilled("stopStaging"),
    "linked.status": (args) => statusOf(scripts, "linked", stagedScene(args)),
    "linked.worker": runIfFilled("worker"),
    "linked.preSnapshot": (args) => preSnapshot(scripts, args),
    "linked.postSnapshot": (args) => scripts.object("linked", "postSnapshot", { scene: stagedScene(args), schema: "snapshot" }),
  };
}

function preSnapshot(scripts: OperationScripts, args: JsonObject): null {
  const scene = stagedScene(args);
  const { optionalSnapshotParameters } = args;
  const isResync = isJsonObject(optionalSnapshotParameters) && optionalSnapshotParameters["resync"] === true;
  if (isResync && scripts.has("linked", "resync")) fill(scripts, scene);
  return scripts.perform("linked", "preSnapshot", scene);
}

function fill(scripts: OperationScripts, scene: Scene): void {
  if (scripts.has("linked", "stopStaging") && isStaged(scripts, scene)) scripts.perform("linked", "stopStaging", scene);
  whileFilling(scripts, scene, () => {
    scripts.perform("linked", "resync", scene);
    scripts.perform("linked", "startStaging", scene);
  });
}

/** A copy that the toolkit calls inactive has nothing to stop: a resync is what mends one that has broken down. */
function isStaged(scripts: OperationScripts, scene: Scene): boolean {
  return isFilled(scripts, scene) && (!scripts.has("linked", "status") || statusOf(scripts, "linked", scene) !== "INACTIVE");
}
