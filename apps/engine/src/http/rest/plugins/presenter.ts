import type { Plugin, Toolkit, UpgradePreview } from "@opendvp/contract";
import type { Plugin as PluginEntity, UpgradePreview as Preview } from "@opendvp/core";
import { discoveryDefinition } from "../../discovery-definition.ts";
import type { EngineIdentity } from "../../engine-identity.ts";

export function presentPlugin(plugin: PluginEntity): Plugin {
  return {
    id: plugin.reference,
    kind: plugin.kind,
    plugin_id: plugin.pluginId,
    name: plugin.name,
    pretty_name: plugin.prettyName,
    build_number: plugin.buildNumber,
    external_version: plugin.externalVersion,
    language: plugin.language,
    plugin_type: plugin.pluginType,
    host_types: [...plugin.hostTypes],
    entry_point: plugin.entryPoint,
    manual_discovery: plugin.hasManualDiscovery,
    root_squash_enabled: plugin.isRootSquashEnabled,
    extended_start_stop_hooks: plugin.hasExtendedStartStopHooks,
    operations: [...plugin.operations],
    migration_ids: [...(plugin.migrationIds ?? [])],
    lua_name: plugin.lua?.name ?? null,
    minimum_lua_version: plugin.lua?.minimumVersion ?? null,
    schemas: { ...plugin.schemas },
    artifact_sha256: plugin.artifact,
    status: plugin.status,
    creation_time: plugin.createdAt,
  };
}

export function presentPreview(preview: Preview): UpgradePreview {
  const values = preview.values.map(({ error = null, ...value }) => ({
    object_id: value.object,
    name: value.name,
    kind: value.kind,
    description: value.what,
    migrations: [...value.migrations],
    is_changed: value.isChanged,
    error,
    exposed_passwords: [...value.exposed],
  }));
  return {
    name: preview.name,
    build_number: preview.buildNumber,
    installed: preview.installed.map(({ reference, name, buildNumber }) => ({ id: reference, name, build_number: buildNumber })),
    is_possible: preview.error === undefined && values.every(({ error }) => error === null),
    error: preview.error ?? null,
    values,
    warnings: [...preview.warnings],
  };
}

/** What the wider field's API calls a plugin's definitions, and those of a toolkit of before. */
const PLUGIN_TYPES = {
  type: "Plugin",
  virtual: "PluginVirtualSourceDefinition",
  linked: { STAGED: "PluginLinkedStagedSourceDefinition", DIRECT: "PluginLinkedDirectSourceDefinition" },
  discovery: "PluginDiscoveryDefinition",
} as const;
const TOOLKIT_TYPES = {
  type: "Toolkit",
  virtual: "ToolkitVirtualSource",
  linked: { STAGED: "ToolkitLinkedStagedSource", DIRECT: "ToolkitLinkedDirectSource" },
  discovery: "ToolkitDiscoveryDefinition",
} as const;

/** A plugin in the shape of the wider field's API: its definitions as its artifact carries them. */
export function presentToolkit(plugin: PluginEntity, identity: EngineIdentity): Toolkit {
  const { schemas } = plugin;
  const types = plugin.kind === "PLUGIN" ? PLUGIN_TYPES : TOOLKIT_TYPES;
  return {
    id: plugin.reference,
    type: types.type,
    reference: plugin.reference,
    name: plugin.name,
    engine_id: identity.id,
    engine_name: identity.name,
    virtual_source_definition: { type: types.virtual, parameters: schemas.virtualSourceDefinition },
    linked_source_definition: { type: types.linked[plugin.pluginType], parameters: schemas.linkedSourceDefinition },
    discovery_definition: { type: types.discovery, ...discoveryDefinition(plugin) },
    snapshot_parameters_definition: { type: "PluginSnapshotParametersDefinition", schema: schemas.snapshotParametersDefinition },
  };
}
