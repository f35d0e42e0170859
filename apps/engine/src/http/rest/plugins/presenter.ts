import type { Plugin, Toolkit } from "@opendvp/contract";
import type { Plugin as PluginEntity } from "@opendvp/core";
import type { EngineIdentity } from "../../engine-identity.ts";

export function presentPlugin(plugin: PluginEntity): Plugin {
  return {
    id: plugin.reference,
    plugin_id: plugin.pluginId,
    name: plugin.name,
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
    schemas: { ...plugin.schemas },
    artifact_sha256: plugin.artifact,
    status: plugin.status,
    creation_time: plugin.createdAt,
  };
}

/** A plugin in the shape of the wider field's API: its definitions as its artifact carries them. */
export function presentToolkit(plugin: PluginEntity, identity: EngineIdentity): Toolkit {
  const { schemas } = plugin;
  const linkedType = plugin.pluginType === "STAGED" ? "PluginLinkedStagedSourceDefinition" : "PluginLinkedDirectSourceDefinition";
  return {
    id: plugin.reference,
    type: "Plugin",
    reference: plugin.reference,
    name: plugin.name,
    engine_id: identity.id,
    engine_name: identity.name,
    virtual_source_definition: { type: "PluginVirtualSourceDefinition", parameters: schemas.virtualSourceDefinition },
    linked_source_definition: { type: linkedType, parameters: schemas.linkedSourceDefinition },
    discovery_definition: {
      type: "PluginDiscoveryDefinition",
      manualSourceConfigDiscovery: plugin.hasManualDiscovery,
      repositorySchema: schemas.repositoryDefinition,
      repositoryIdentityFields: plugin.repositoryIdentityFields,
      repositoryNameField: plugin.repositoryNameField,
      sourceConfigSchema: schemas.sourceConfigDefinition,
      sourceConfigIdentityFields: plugin.sourceConfigIdentityFields,
      sourceConfigNameField: plugin.sourceConfigNameField,
    },
    snapshot_parameters_definition: { type: "PluginSnapshotParametersDefinition", schema: schemas.snapshotParametersDefinition },
  };
}
