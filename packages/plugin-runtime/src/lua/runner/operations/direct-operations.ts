import type { OperationScripts } from "./operation-scripts.ts";
import type { OperationTable } from "./operation.ts";
import { directScene } from "./scene.ts";

export function directOperations(scripts: OperationScripts): OperationTable {
  return {
    "linked.preSnapshot": (args) => scripts.perform("linked", "preSnapshot", directScene(args)),
    "linked.postSnapshot": (args) => scripts.object("linked", "postSnapshot", { scene: directScene(args), schema: "snapshot" }),
  };
}
