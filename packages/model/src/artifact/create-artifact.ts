import type { JsonObject } from "../json/json.ts";
import { createManifest } from "./manifest.ts";
import { ENGINE_API_VERSION, type PluginArtifact, type PluginParts } from "./plugin-artifact.ts";

/** The artifact of a plugin. Equal parts make equal artifacts, member for member in the same order. */
export function createArtifact(parts: PluginParts): PluginArtifact {
  const apiVersion: PluginArtifact["engineApi"] = { ...ENGINE_API_VERSION };
  return {
    type: "Plugin",
    pluginId: parts.pluginId,
    name: parts.name,
    ...(parts.externalVersion === undefined ? {} : { externalVersion: parts.externalVersion }),
    language: parts.language,
    hostTypes: parts.hostTypes,
    entryPoint: parts.entryPoint,
    defaultLocale: parts.defaultLocale,
    buildNumber: parts.buildNumber,
    buildApi: apiVersion,
    engineApi: apiVersion,
    rootSquashEnabled: parts.isRootSquashEnabled,
    extendedStartStopHooks: parts.hasExtendedStartStopHooks,
    ...(parts.lua === undefined ? {} : { luaName: parts.lua.name, minimumLuaVersion: parts.lua.minimumVersion }),
    sourceCode: parts.sourceCode,
    virtualSourceDefinition: { type: "PluginVirtualSourceDefinition", parameters: parts.schemas.virtualSourceDefinition },
    linkedSourceDefinition: {
      type: parts.pluginType === "STAGED" ? "PluginLinkedStagedSourceDefinition" : "PluginLinkedDirectSourceDefinition",
      parameters: parts.schemas.linkedSourceDefinition,
    },
    discoveryDefinition: discoveryDefinition(parts),
    snapshotSchema: parts.schemas.snapshotDefinition,
    snapshotParametersDefinition: { type: "PluginSnapshotParametersDefinition", schema: parts.schemas.snapshotParametersDefinition },
    manifest: createManifest(parts.operations, parts.migrationIds),
  };
}

/** The artifact as it is written to a file. */
export function formatArtifact(artifact: PluginArtifact): string {
  return `${JSON.stringify(artifact, undefined, 4)}\n`;
}

function discoveryDefinition(parts: PluginParts): JsonObject {
  return {
    type: "PluginDiscoveryDefinition",
    manualSourceConfigDiscovery: parts.hasManualDiscovery,
    repositorySchema: parts.schemas.repositoryDefinition,
    repositoryIdentityFields: parts.repository.identityFields,
    repositoryNameField: parts.repository.nameField,
    sourceConfigSchema: parts.schemas.sourceConfigDefinition,
    sourceConfigIdentityFields: parts.sourceConfig.identityFields,
    sourceConfigNameField: parts.sourceConfig.nameField,
  };
}
