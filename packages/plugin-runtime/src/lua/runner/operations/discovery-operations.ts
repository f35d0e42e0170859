import { isJsonObject, type JsonObject } from "@opendvp/model";
import type { OperationScripts } from "./operation-scripts.ts";
import type { OperationTable } from "./operation.ts";
import { remoteScene } from "./scene.ts";

export function discoveryOperations(scripts: OperationScripts): OperationTable {
  return {
    "discovery.repository": (args) =>
      scripts.list("discovery", "repositoryDiscovery", { scene: remoteScene(connectionOf(args)), schema: "repository" }),
    "discovery.sourceConfig": (args) => {
      const scene = remoteScene(connectionOf(args), { repository: args["repository"] });
      return scripts.list("discovery", "sourceConfigDiscovery", { scene, schema: "sourceConfig" });
    },
  };
}

function connectionOf({ sourceConnection }: JsonObject): JsonObject {
  return isJsonObject(sourceConnection) ? sourceConnection : {};
}
