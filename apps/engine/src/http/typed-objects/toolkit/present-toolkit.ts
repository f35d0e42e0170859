import type { Plugin } from "@opendvp/core";
import type { Json, JsonObject, ToolkitArtifact } from "@opendvp/model";
import { discoveryDefinition } from "../../discovery-definition.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { CURRENT_API_VERSION } from "../session/api-version.ts";

/** Scripts that a toolkit need not have are null where it has none; others are empty texts then. */
const OPTIONAL = ["mountSpec", "ownershipSpec"] as const;

/** What is read from a toolkit's artifact, beside what the catalog knows of it. */
type Content = Pick<
  ToolkitArtifact,
  | "buildApi"
  | "defaultLocale"
  | "messages"
  | "resources"
  | "discoveryDefinition"
  | "linkedSourceDefinition"
  | "virtualSourceDefinition"
  | "snapshotSchema"
  | "upgradeDefinition"
>;

/** A legacy toolkit as its artifact has it, in the form of the current API. */
export function presentToolkit(plugin: Plugin, artifact: Content): TypedObject {
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
    language: plugin.language,
    hostTypes: [...plugin.hostTypes],
    defaultLocale: artifact.defaultLocale,
    rootSquashEnabled: plugin.isRootSquashEnabled,
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

/** One whose artifact cannot be read now, as far as the catalog knows it: without scripts, resources and messages. */
export function presentToolkitWithoutArtifact(plugin: Plugin): TypedObject {
  const { schemas } = plugin;
  return presentToolkit(plugin, {
    buildApi: { ...CURRENT_API_VERSION },
    defaultLocale: "en-us",
    messages: [],
    resources: {},
    ...(plugin.operations.includes("discovery.repository") ? { discoveryDefinition: discoveryDefinition(plugin) } : {}),
    linkedSourceDefinition: {
      type: plugin.pluginType === "STAGED" ? "ToolkitLinkedStagedSource" : "ToolkitLinkedDirectSource",
      parameters: schemas.linkedSourceDefinition,
    },
    virtualSourceDefinition: { parameters: schemas.virtualSourceDefinition },
    snapshotSchema: schemas.snapshotDefinition,
  });
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
