import { mountSpecification } from "./mount-specification.ts";
import type { OperationScripts } from "./operation-scripts.ts";
import type { Operation, OperationTable } from "./operation.ts";
import { virtualScene } from "./scene.ts";
import { statusOf } from "./status.ts";

const ACTIONS = ["unconfigure", "start", "stop", "preSnapshot"] as const;

export function virtualOperations(scripts: OperationScripts): OperationTable {
  const sourceConfig = (name: string): Operation => {
    return (args) => scripts.object("virtual", name, { scene: virtualScene(args), schema: "sourceConfig" });
  };
  const actions = ACTIONS.map((name): [string, Operation] => [
    `virtual.${name}`,
    (args) => scripts.perform("virtual", name, virtualScene(args)),
  ]);
  return {
    "virtual.mountSpecification": (args) => mountSpecification(scripts, "virtual", virtualScene(args)),
    "virtual.configure": sourceConfig("configure"),
    "virtual.reconfigure": sourceConfig("reconfigure"),
    "virtual.initialize": sourceConfig("initialize"),
    "virtual.postSnapshot": (args) => scripts.object("virtual", "postSnapshot", { scene: virtualScene(args), schema: "snapshot" }),
    ...Object.fromEntries(actions),
    "virtual.status": (args) => statusOf(scripts, "virtual", virtualScene(args)),
  };
}
