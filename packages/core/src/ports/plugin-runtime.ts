import type {
  CommandResultValue,
  CredentialsValue,
  Json,
  JsonObject,
  LuaMigrations,
  MigrationArguments,
  MigrationName,
  OperationArguments,
  OperationName,
  PluginType,
  RemoteConnectionValue,
} from "@opendvp/model";

/** What a plugin process needs to be started; the artifact's code lies unpacked in `sourceDirectory`. */
export interface PluginVersion {
  /** The reference of the plugin version, e.g. `APPDATA_TOOLKIT-4`. */
  readonly reference: string;
  readonly name: string;
  /** Told in errors, where it is known. */
  readonly buildNumber?: string;
  readonly language: string;
  readonly pluginType: PluginType;
  readonly entryPoint: string;
  readonly sourceDirectory: string;
}

export interface RunCommandRequest {
  readonly remoteConnection: RemoteConnectionValue;
  readonly command: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly useLoginShell: boolean;
  /** As of a HostCommand: the commands of one operation share a limit. */
  readonly countOutput?: (bytes: number) => void;
}

export interface RunSyncRequest {
  readonly remoteConnection: RemoteConnectionValue;
  readonly sourceDirectory: string;
  readonly rsyncUser: string | null;
  readonly excludePaths: readonly string[];
  readonly symLinksToFollow: readonly string[];
}

/** The platform libraries, executed by the engine for one running operation. */
export interface PlatformLibraries {
  runBash(request: RunCommandRequest): Promise<CommandResultValue>;
  runPowershell(request: RunCommandRequest): Promise<CommandResultValue>;
  runExpect(request: RunCommandRequest): Promise<CommandResultValue>;
  runSync(request: RunSyncRequest): Promise<void>;
  retrieveCredentials(supplier: JsonObject): Promise<CredentialsValue>;
  upgradePassword(password: string, username: string | null): Promise<JsonObject>;
}

/** An operation of a plugin, on behalf of a job or of monitoring. */
export interface OperationCall extends CallBase {
  readonly operation: OperationName;
  readonly arguments: OperationArguments;
}

/** One data migration of one object. Its answer is the object in its new form, or null where that migration is about another kind. */
export interface MigrationCall extends CallBase {
  readonly operation: MigrationName;
  readonly arguments: MigrationArguments;
}

export type PluginCall = OperationCall | MigrationCall;

interface CallBase {
  readonly plugin: PluginVersion;
  /** Those that stand in the arguments. The runtime keeps them, and credentials that the plugin retrieves, out of errors and logs. */
  readonly secrets: readonly Json[];
  readonly libraries: PlatformLibraries;
  /** Aborting ends the operation and its process. */
  readonly signal: AbortSignal;
  /** Absent: no limit (operations that move data). */
  readonly timeLimitMs?: number;
  /** Prefix of its log lines, e.g. `[Worker-3|JOB-315|ENVIRONMENT_DISCOVER(UNIX_HOST_ENVIRONMENT-5)]`. */
  readonly logPrefix: string;
}

/** What `initialize` answers: what the plugin implements, and what looks odd. */
export interface PluginDescription {
  readonly operations: readonly OperationName[];
  /** Canonical, in numeric order. */
  readonly migrationIds: readonly string[];
  readonly luaMigrations: LuaMigrations;
  readonly warnings: readonly string[];
}

/**
 * Runs plugin code in processes of its own, warm and pooled per plugin version; one operation at a time in each.
 * Whatever a plugin does to its process costs exactly one operation. A process whose operation failed is ended with all that
 * it started before the call rejects; one that has grown too large, or whose output lags behind, serves no further operation.
 *
 * No error and no log line holds a secret of a call, as `SecretMask` finds them, wherever the plugin wrote it. Results do:
 * where in them secrets may stand is for their schemas to say.
 *
 * Errors: `PLUGIN_USER_ERROR` (details: output), `PLUGIN_BUG` (details: stack), `PLUGIN_PROTOCOL`, `PLUGIN_LIMIT`,
 * `PLUGIN_DIED`, `TIME_LIMIT`, `CANCELED`, `PLUGIN_INVALID` (it does not start at all).
 */
export interface PluginRuntime {
  /** Starts the plugin once and asks what it implements. */
  describe(plugin: PluginVersion): Promise<PluginDescription>;
  /** The result as the plugin sent it: JSON, at most 4 MiB, not yet checked against any schema. */
  call(call: PluginCall): Promise<Json>;
  /** Ends the idle processes of a version now and the busy ones when they are done. */
  retire(pluginReference: string): Promise<void>;
  /** What is running, and which guards this machine cannot give. */
  status(): {
    readonly processes: readonly { readonly plugin: string; readonly pid: number; readonly isBusy: boolean; readonly rssBytes: number }[];
    readonly missingGuards: readonly string[];
  };
  close(): Promise<void>;
}
