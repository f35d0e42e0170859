import type { Plugin } from "@opendvp/core";
import type { Json, JsonObject, ToolkitArtifact } from "@opendvp/model";
import type { TypedObject } from "../envelope/typed-object.ts";

/** Scripts that a toolkit need not have are null where it has none; others are empty texts then. */
const OPTIONAL = ["mountSpec", "ownershipSpec"] as const;

/** A legacy toolkit as its artifact has it, in the form of the current API. */
export function presentToolkit(plugin: Plugin, artifact: ToolkitArtifact): TypedObject {
  return {
    type: "Toolkit",
    reference: plugin.reference,
    namespace: null,
    identifier: plugin.pluginId,
    name: plugin.name,
    prettyName: plugin.prettyName,
    displayName: plugin.prettyName,
    version: plugin.buildNumber,
    buildApi: artifact.buildApi,
    language: artifact.language,
    hostTypes: [...artifact.hostTypes],
    defaultLocale: artifact.defaultLocale,
    rootSquashEnabled: artifact.rootSquashEnabled,
    status: plugin.status,
    messages: [...artifact.messages],
    resources: { ...artifact.resources },
    discoveryDefinition: presentDiscovery(artifact.discoveryDefinition),
    linkedSourceDefinition: presentLinked(artifact.linkedSourceDefinition),
    virtualSourceDefinition: presentScripts(artifact.virtualSourceDefinition, "ToolkitVirtualSource"),
    snapshotSchema: artifact.snapshotSchema,
    upgradeDefinition: artifact.upgradeDefinition ?? null,
  };
}

function presentDiscovery(definition: JsonObject | undefined): Json {
  return definition === undefined ? null : { ...definition, type: "ToolkitDiscoveryDefinition" };
}

function presentLinked(definition: JsonObject): Json {
  const type = definition["type"] === "ToolkitLinkedStagedSource" ? "ToolkitLinkedStagedSource" : "ToolkitLinkedDirectSource";
  // Only the toolkit that was built into other engines has it.
  const direct = type === "ToolkitLinkedDirectSource" ? { usesGrandfatheredAppDataProperties: false } : {};
  return { ...direct, ...presentScripts(definition, type) };
}

function presentScripts(definition: JsonObject, type: string): JsonObject {
  const absent = OPTIONAL.filter((key) => definition[key] === "").map((key) => [key, null] as const);
  return { ...definition, ...Object.fromEntries(absent), type };
}
