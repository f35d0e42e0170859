import type { JsonObject, LuaMigrations, OperationName, PluginType, Reference } from "@opendvp/model";

/** The schemas of a plugin, as its artifact carries them. */
export interface PluginSchemas {
  readonly repositoryDefinition: JsonObject;
  readonly sourceConfigDefinition: JsonObject;
  readonly linkedSourceDefinition: JsonObject;
  readonly virtualSourceDefinition: JsonObject;
  readonly snapshotDefinition: JsonObject;
  readonly snapshotParametersDefinition: JsonObject;
}

/** What a version of a plugin brings along: what an upload installs, and what an upgrade puts in place of the former one. */
export interface PluginRelease {
  /** TOOLKIT: a legacy Lua toolkit. */
  readonly kind: "PLUGIN" | "TOOLKIT";
  /** The plugin's own id, a UUID, or the toolkit's name: the same over all its versions. */
  readonly pluginId: string;
  readonly name: string;
  /** How people call it; a plugin's is its name. */
  readonly prettyName: string;
  /** A toolkit's is its version, `major.minor.patch`. */
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
  /** Its data migrations, canonical, in the order in which they run. Its objects have been through all of them. */
  readonly migrationIds: readonly string[];
  /** Its migrations from versions of a Lua toolkit. */
  readonly luaMigrations: LuaMigrations;
  /** The toolkit that this plugin is a newer version of. The two names belong together until the plugin is deleted, also once a version no longer says so. */
  readonly lua: { readonly name: string; readonly minimumVersion: string } | null;
  /** Where its source code lies in the ArtifactStore (SHA-256 of the artifact). */
  readonly artifact: string;
}

/** An installed plugin version. */
export interface Plugin extends Omit<PluginRelease, "migrationIds"> {
  readonly reference: Reference<"APPDATA_TOOLKIT">;
  /** Null where they are not known: an engine that did not keep them has installed it, and only its artifact tells. */
  readonly migrationIds: readonly string[] | null;
  /** One version of a plugin is active; what others have made waits beside it. */
  readonly status: "ACTIVE" | "INACTIVE";
  /** When this version was uploaded. */
  readonly createdAt: string;
}

/** One of which is known what its objects have been through. */
export interface KnownPlugin extends Plugin {
  readonly migrationIds: readonly string[];
}
