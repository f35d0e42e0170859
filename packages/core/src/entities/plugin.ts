import type { JsonObject, OperationName, PluginType, Reference } from "@opendvp/model";

/** The schemas of a plugin, as its artifact carries them. */
export interface PluginSchemas {
  readonly repositoryDefinition: JsonObject;
  readonly sourceConfigDefinition: JsonObject;
  readonly linkedSourceDefinition: JsonObject;
  readonly virtualSourceDefinition: JsonObject;
  readonly snapshotDefinition: JsonObject;
  readonly snapshotParametersDefinition: JsonObject;
}

/** An uploaded plugin version. */
export interface Plugin {
  readonly reference: Reference<"APPDATA_TOOLKIT">;
  /** The plugin's own id, a UUID: the same over all its versions. */
  readonly pluginId: string;
  readonly name: string;
  readonly buildNumber: string;
  readonly externalVersion: string;
  readonly language: string;
  readonly pluginType: PluginType;
  readonly hostTypes: readonly string[];
  readonly entryPoint: string;
  readonly hasManualDiscovery: boolean;
  readonly isRootSquashEnabled: boolean;
  readonly hasExtendedStartStopHooks: boolean;
  readonly repositoryIdentityFields: readonly string[];
  readonly repositoryNameField: string;
  readonly sourceConfigIdentityFields: readonly string[];
  readonly sourceConfigNameField: string;
  readonly schemas: PluginSchemas;
  /** The operations that it implements. */
  readonly operations: readonly OperationName[];
  /** Where its source code lies in the ArtifactStore (SHA-256 of the artifact). */
  readonly artifact: string;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly createdAt: string;
}
