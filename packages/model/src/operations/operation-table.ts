/** How a plugin takes data in: DIRECT copies from the source host, STAGED keeps a staging copy of its own. */
export const PLUGIN_TYPES = ["DIRECT", "STAGED"] as const;
export type PluginType = (typeof PLUGIN_TYPES)[number];

/** What an operation answers; the engine checks it before it believes it. */
export type OperationResultKind =
  | "nothing"
  | "repositories"
  | "sourceConfigs"
  | "sourceConfig"
  | "snapshot"
  | "optionalSnapshot"
  | "mountSpecification"
  | "status"
  | "sizeBytes"
  | "migrated";

export interface OperationRow {
  /** Argument names, camelCase, in the documented order. Python plugins get them in snake_case, by keyword. */
  readonly arguments: readonly string[];
  readonly returns: OperationResultKind;
  /** A missing required operation is a warning at build and an error when a workflow needs it. */
  readonly isRequired: boolean;
  /** The plugin type that implements it; absent = both. */
  readonly pluginType?: PluginType;
  /** The member of the artifact's manifest that says whether the plugin implements it. */
  readonly manifestField: string;
}

const DIRECT_SYNC = ["directSource", "repository", "sourceConfig", "optionalSnapshotParameters"] as const;
const STAGED_SYNC = ["stagedSource", "repository", "sourceConfig", "optionalSnapshotParameters"] as const;
const STAGED = ["stagedSource", "repository", "sourceConfig"] as const;
const VIRTUAL = ["virtualSource", "repository", "sourceConfig"] as const;

/**
 * The operations that a plugin may implement, as `<group>.<operation>`. Where the direct and the staged kind of an
 * operation share a name (`linked.preSnapshot`), the plugin's type decides which arguments it gets: see `operationRow`.
 */
const SHARED = {
  "discovery.repository": {
    arguments: ["sourceConnection"],
    returns: "repositories",
    isRequired: true,
    manifestField: "hasRepositoryDiscovery",
  },
  "discovery.sourceConfig": {
    arguments: ["sourceConnection", "repository"],
    returns: "sourceConfigs",
    isRequired: true,
    manifestField: "hasSourceConfigDiscovery",
  },
  "virtual.initialize": {
    arguments: ["virtualSource", "repository"],
    returns: "sourceConfig",
    isRequired: false,
    manifestField: "hasInitialize",
  },
  "virtual.configure": {
    arguments: ["virtualSource", "snapshot", "repository"],
    returns: "sourceConfig",
    isRequired: true,
    manifestField: "hasVirtualConfigure",
  },
  "virtual.unconfigure": { arguments: VIRTUAL, returns: "nothing", isRequired: false, manifestField: "hasVirtualUnconfigure" },
  "virtual.reconfigure": {
    arguments: [...VIRTUAL, "snapshot"],
    returns: "sourceConfig",
    isRequired: true,
    manifestField: "hasVirtualReconfigure",
  },
  "virtual.cleanup": { arguments: VIRTUAL, returns: "nothing", isRequired: false, manifestField: "hasVirtualCleanup" },
  "virtual.start": { arguments: VIRTUAL, returns: "nothing", isRequired: false, manifestField: "hasVirtualStart" },
  "virtual.stop": { arguments: VIRTUAL, returns: "nothing", isRequired: false, manifestField: "hasVirtualStop" },
  "virtual.preSnapshot": { arguments: VIRTUAL, returns: "nothing", isRequired: false, manifestField: "hasVirtualPreSnapshot" },
  "virtual.postSnapshot": { arguments: VIRTUAL, returns: "snapshot", isRequired: true, manifestField: "hasVirtualPostSnapshot" },
  "virtual.prepareSnapshot": {
    arguments: [...VIRTUAL, "snapshot"],
    returns: "optionalSnapshot",
    isRequired: false,
    manifestField: "hasVirtualPrepareSnapshot",
  },
  "virtual.mountSpecification": {
    arguments: ["virtualSource", "repository"],
    returns: "mountSpecification",
    isRequired: true,
    manifestField: "hasVirtualMountSpecification",
  },
  "virtual.status": { arguments: VIRTUAL, returns: "status", isRequired: false, manifestField: "hasVirtualStatus" },
  "virtual.sourceSize": { arguments: VIRTUAL, returns: "sizeBytes", isRequired: false, manifestField: "hasVirtualSourceSize" },
} as const satisfies Record<string, OperationRow>;

const DIRECT_ONLY = {
  "linked.preSnapshot": {
    arguments: DIRECT_SYNC,
    returns: "nothing",
    isRequired: false,
    pluginType: "DIRECT",
    manifestField: "hasLinkedPreSnapshot",
  },
  "linked.postSnapshot": {
    arguments: DIRECT_SYNC,
    returns: "snapshot",
    isRequired: true,
    pluginType: "DIRECT",
    manifestField: "hasLinkedPostSnapshot",
  },
  "linked.sourceSize": {
    arguments: ["directSource", "repository", "sourceConfig"],
    returns: "sizeBytes",
    isRequired: false,
    pluginType: "DIRECT",
    manifestField: "hasLinkedSourceSize",
  },
} as const satisfies Record<string, OperationRow>;

const STAGED_ONLY = {
  "linked.preSnapshot": {
    arguments: STAGED_SYNC,
    returns: "nothing",
    isRequired: false,
    pluginType: "STAGED",
    manifestField: "hasLinkedPreSnapshot",
  },
  "linked.postSnapshot": {
    arguments: STAGED_SYNC,
    returns: "snapshot",
    isRequired: true,
    pluginType: "STAGED",
    manifestField: "hasLinkedPostSnapshot",
  },
  "linked.startStaging": {
    arguments: STAGED,
    returns: "nothing",
    isRequired: false,
    pluginType: "STAGED",
    manifestField: "hasLinkedStartStaging",
  },
  "linked.stopStaging": {
    arguments: STAGED,
    returns: "nothing",
    isRequired: false,
    pluginType: "STAGED",
    manifestField: "hasLinkedStopStaging",
  },
  "linked.status": { arguments: STAGED, returns: "status", isRequired: false, pluginType: "STAGED", manifestField: "hasLinkedStatus" },
  "linked.worker": { arguments: STAGED, returns: "nothing", isRequired: false, pluginType: "STAGED", manifestField: "hasLinkedWorker" },
  "linked.mountSpecification": {
    arguments: ["stagedSource", "repository"],
    returns: "mountSpecification",
    isRequired: true,
    pluginType: "STAGED",
    manifestField: "hasLinkedMountSpecification",
  },
  "linked.sourceSize": {
    arguments: STAGED,
    returns: "sizeBytes",
    isRequired: false,
    pluginType: "STAGED",
    manifestField: "hasLinkedSourceSize",
  },
  "linked.prepareSnapshot": {
    arguments: [...STAGED, "snapshot"],
    returns: "optionalSnapshot",
    isRequired: false,
    pluginType: "STAGED",
    manifestField: "hasLinkedPrepareSnapshot",
  },
} as const satisfies Record<string, OperationRow>;

export type SharedOperation = keyof typeof SHARED;
export type DirectOperation = keyof typeof DIRECT_ONLY;
export type StagedOperation = keyof typeof STAGED_ONLY;
export type OperationName = SharedOperation | DirectOperation | StagedOperation;

/** The rows of one plugin type: what such a plugin may implement. */
export function operationTable(pluginType: PluginType): Readonly<Partial<Record<OperationName, OperationRow>>> {
  return pluginType === "DIRECT" ? { ...SHARED, ...DIRECT_ONLY } : { ...SHARED, ...STAGED_ONLY };
}

export function operationRow(pluginType: PluginType, operation: OperationName): OperationRow | undefined {
  return operationTable(pluginType)[operation];
}

/** Every operation name of either plugin type. */
export const OPERATION_NAMES: readonly OperationName[] = [
  ...new Set([...Object.keys(SHARED), ...Object.keys(DIRECT_ONLY), ...Object.keys(STAGED_ONLY)]),
] as OperationName[];

export function isOperationName(text: string): text is OperationName {
  return (OPERATION_NAMES as readonly string[]).includes(text);
}
