import type { Json, JsonObject } from "../json/json.ts";
import type { OperationName, PluginType } from "../operations/operation-table.ts";
import type { HostType } from "../plugin-config/plugin-config.ts";
import type { PluginSchemaSet } from "../schemas/definition-names.ts";

/** The largest artifact that is built or accepted, and what its source code may unpack to. */
export const ARTIFACT_LIMITS = {
  artifactBytes: 64 * 1024 * 1024,
  unpackedBytes: 512 * 1024 * 1024,
  unpackedFiles: 20_000,
  deepestLevel: 200,
} as const;

/** What a plugin is made of, in the platform's own words: what an artifact is written from and read into. */
export interface PluginParts extends PluginSchemaSet {
  readonly pluginId: string;
  readonly name: string;
  /** Canonical: see `normaliseBuildNumber`. */
  readonly buildNumber: string;
  readonly externalVersion?: string;
  readonly language: string;
  readonly pluginType: PluginType;
  readonly hostTypes: readonly [HostType];
  readonly entryPoint: string;
  readonly defaultLocale: string;
  readonly hasManualDiscovery: boolean;
  readonly isRootSquashEnabled: boolean;
  readonly hasExtendedStartStopHooks: boolean;
  readonly lua?: { readonly name: string; readonly minimumVersion: string };
  readonly operations: readonly OperationName[];
  /** Canonical, in the order in which they run. */
  readonly migrationIds: readonly string[];
  /** Base64 of the zip with the source tree. */
  readonly sourceCode: string;
}

export interface ApiVersion {
  readonly type: "APIVersion";
  readonly major: number;
  readonly minor: number;
  readonly micro: number;
}

/** The API of the engine that artifacts are built for and that sessions announce. */
export const ENGINE_API_VERSION: ApiVersion = { type: "APIVersion", major: 1, minor: 11, micro: 16 };

/** The artifact file, member by member in the order in which it is written. */
export interface PluginArtifact {
  readonly [member: string]: Json | undefined;
  readonly type: "Plugin";
  readonly pluginId: string;
  readonly name: string;
  readonly externalVersion?: string;
  readonly language: string;
  readonly hostTypes: readonly HostType[];
  readonly entryPoint: string;
  readonly defaultLocale: string;
  readonly buildNumber: string;
  readonly buildApi: ApiVersion & JsonObject;
  readonly engineApi: ApiVersion & JsonObject;
  readonly rootSquashEnabled: boolean;
  readonly extendedStartStopHooks: boolean;
  readonly luaName?: string;
  readonly minimumLuaVersion?: string;
  readonly sourceCode: string;
  readonly virtualSourceDefinition: JsonObject;
  readonly linkedSourceDefinition: JsonObject;
  readonly discoveryDefinition: JsonObject;
  readonly snapshotSchema: JsonObject;
  readonly snapshotParametersDefinition: JsonObject;
  readonly manifest: JsonObject;
}
