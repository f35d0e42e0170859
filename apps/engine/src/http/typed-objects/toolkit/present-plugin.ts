import type { Plugin } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";
import { discoveryDefinition } from "../../discovery-definition.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { CURRENT_API_VERSION, presentApiVersion } from "../session/api-version.ts";

/** A plugin with the members of a toolkit, and those of its artifact that it alone has. */
export function presentPlugin(plugin: Plugin): TypedObject {
  const { schemas, pluginType } = plugin;
  return {
    type: "Plugin",
    reference: plugin.reference,
    namespace: null,
    identifier: plugin.pluginId,
    pluginId: plugin.pluginId,
    name: plugin.name,
    prettyName: plugin.name,
    displayName: plugin.name,
    version: plugin.buildNumber,
    buildNumber: plugin.buildNumber,
    externalVersion: plugin.externalVersion,
    buildApi: presentApiVersion(CURRENT_API_VERSION),
    language: plugin.language,
    hostTypes: [...plugin.hostTypes],
    entryPoint: plugin.entryPoint,
    defaultLocale: "en-US",
    rootSquashEnabled: plugin.isRootSquashEnabled,
    extendedStartStopHooks: plugin.hasExtendedStartStopHooks,
    status: plugin.status,
    messages: [],
    resources: {},
    upgradeDefinition: null,
    discoveryDefinition: { type: "PluginDiscoveryDefinition", ...discoveryDefinition(plugin) },
    linkedSourceDefinition: definition(
      pluginType === "STAGED" ? "PluginLinkedStagedSourceDefinition" : "PluginLinkedDirectSourceDefinition",
      schemas.linkedSourceDefinition,
    ),
    virtualSourceDefinition: definition("PluginVirtualSourceDefinition", schemas.virtualSourceDefinition),
    snapshotSchema: schemas.snapshotDefinition,
    snapshotParametersDefinition: { type: "PluginSnapshotParametersDefinition", schema: schemas.snapshotParametersDefinition },
  };
}

function definition(type: string, parameters: JsonObject): TypedObject {
  return { type, parameters };
}
