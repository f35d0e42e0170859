import type { Ask, Plugin, PluginUseCases, UpgradePreview } from "@opendvp/core";
import { EngineError, type JsonObject, type Reference, type ToolkitArtifact } from "@opendvp/model";
import type { Memory } from "./memory.ts";
import type { MemoryObjects } from "./memory-objects.ts";

const OPEN_SCHEMA: JsonObject = { type: "object", properties: {}, additionalProperties: false };

/** Installs what an artifact says it is. */
export function installPlugin(objects: MemoryObjects, artifact: Uint8Array, ask: Ask): Awaited<ReturnType<PluginUseCases["upload"]>> {
  const parsed = parse(artifact);
  const name = typeof parsed["name"] === "string" ? parsed["name"] : "plugin";
  const plugin = directoryPlugin(objects, name);
  objects.plugins.put(plugin);
  const action = objects.record({ title: `Upload plugin ${name}`, operation: "plugin.upload", target: plugin.reference }, ask);
  return { action, plugin: plugin.reference, warnings: ["virtual.start is missing: Start only mounts."] };
}

/** What is active goes on. */
export function activatePlugin(
  { objects, start }: Memory,
  inactive: Reference<"APPDATA_TOOLKIT">,
  ask: Ask,
): Awaited<ReturnType<PluginUseCases["activate"]>> {
  const { pluginId } = objects.one(objects.plugins.all, inactive, "plugin");
  const active = objects.plugins.all.find((plugin) => plugin.pluginId === pluginId && plugin.status === "ACTIVE");
  const plugin = active?.reference ?? inactive;
  const work = { workflow: "plugin-upgrade", title: `Activate ${inactive}`, target: plugin, targetName: plugin };
  return { ...start(ask, work), plugin };
}

/** Of a toolkit, whose artifact a test has put there. */
export function toolkitOf(objects: MemoryObjects, reference: Reference<"APPDATA_TOOLKIT">): ToolkitArtifact {
  const artifact = objects.toolkits.get(reference);
  if (artifact === undefined) throw new EngineError("UNSUPPORTED", `${reference} is no toolkit.`, { action: "" });
  return artifact;
}

/** What an upgrade to it would do: what the artifact itself says. */
export function previewOf(artifact: Uint8Array): UpgradePreview {
  return { name: "uploaded", buildNumber: "2.0", installed: [], values: [], warnings: [], ...(parse(artifact) as Partial<UpgradePreview>) };
}

function parse(artifact: Uint8Array): JsonObject {
  try {
    return JSON.parse(new TextDecoder().decode(artifact)) as JsonObject;
  } catch (cause) {
    throw new EngineError("PLUGIN_INVALID", "The artifact is not JSON.", { action: "Upload what `dvp build` wrote.", cause });
  }
}

export function directoryPlugin(objects: MemoryObjects, name: string): Plugin {
  return {
    reference: objects.next("APPDATA_TOOLKIT"),
    kind: "PLUGIN",
    pluginId: "4f2f5ee8-0f4e-4a0c-b9dd-2f2f3a0f4d11",
    name,
    prettyName: name,
    buildNumber: "1.0",
    externalVersion: "1.0",
    language: "TYPESCRIPT",
    pluginType: "DIRECT",
    hostTypes: ["UNIX"],
    entryPoint: "main:plugin",
    hasManualDiscovery: true,
    isRootSquashEnabled: true,
    hasExtendedStartStopHooks: false,
    repositoryIdentityFields: ["name"],
    repositoryNameField: "name",
    sourceConfigIdentityFields: ["path"],
    sourceConfigNameField: "name",
    schemas: {
      repositoryDefinition: OPEN_SCHEMA,
      sourceConfigDefinition: { type: "object", properties: { name: { type: "string" }, path: { type: "string", format: "unixpath" } } },
      linkedSourceDefinition: {
        type: "object",
        properties: { exclude: { type: "array", items: { type: "string" } }, depth: { type: "integer" }, follow: { type: "boolean" } },
      },
      virtualSourceDefinition: {
        type: "object",
        required: ["mountPath"],
        properties: { mountPath: { type: "string" }, port: { type: "integer" }, password: { type: "string", format: "password" } },
      },
      snapshotDefinition: OPEN_SCHEMA,
      snapshotParametersDefinition: { type: "object", properties: { resync: { type: "boolean" } } },
    },
    operations: ["discovery.repository", "discovery.sourceConfig", "virtual.configure"],
    migrationIds: [],
    luaMigrations: {},
    lua: null,
    artifact: "0".repeat(64),
    status: "ACTIVE",
    createdAt: "2026-11-21T12:00:00.000Z",
  };
}
