import type {
  Action,
  ApiKey,
  Change,
  Environment,
  EnvironmentUser,
  Fault,
  Host,
  Job,
  LinkedSource,
  Mount,
  KnownPlugin,
  Pool,
  Repository,
  Snapshot,
  SourceConfig,
  Timeflow,
  User,
  VirtualSource,
} from "@opendvp/core";

const AT = "2026-01-02T03:04:05.678Z";

const pool: Pool = { reference: "STORAGE_POOL-1", name: "tank", driver: "btrfs", location: "/srv/pool", createdAt: AT };

const host: Host = {
  reference: "UNIX_HOST-1",
  address: "localhost",
  transport: "local",
  scratchPath: "/var/tmp/scratch",
  binaryPath: "/usr/lib/binaries",
  osName: "Debian 12",
  createdAt: AT,
};

const environment: Environment = {
  reference: "UNIX_HOST_ENVIRONMENT-1",
  name: "here",
  description: "",
  host: host.reference,
  primaryUser: "HOST_USER-1",
  createdAt: AT,
  refreshedAt: null,
};

const environmentUser: EnvironmentUser = { reference: "HOST_USER-1", environment: environment.reference, name: "alice", createdAt: AT };

const plugin: KnownPlugin = {
  reference: "APPDATA_TOOLKIT-1",
  kind: "PLUGIN",
  pluginId: "6f1f2f0e-0c5b-4f0b-9a43-2f2a6f0c7a11",
  name: "directory",
  prettyName: "directory",
  buildNumber: "1.0",
  externalVersion: "1.0",
  language: "TYPESCRIPT",
  pluginType: "DIRECT",
  hostTypes: ["UNIX"],
  entryPoint: "index:plugin",
  hasManualDiscovery: true,
  isRootSquashEnabled: true,
  hasExtendedStartStopHooks: false,
  repositoryIdentityFields: ["name"],
  repositoryNameField: "name",
  sourceConfigIdentityFields: ["path"],
  sourceConfigNameField: "path",
  schemas: {
    repositoryDefinition: { type: "object" },
    sourceConfigDefinition: { type: "object" },
    linkedSourceDefinition: { type: "object" },
    virtualSourceDefinition: { type: "object" },
    snapshotDefinition: { type: "object" },
    snapshotParametersDefinition: { type: "object" },
  },
  operations: [],
  migrationIds: ["1"],
  luaMigrations: {},
  lua: null,
  artifact: "0".repeat(64),
  status: "ACTIVE",
  createdAt: AT,
};

const repository: Repository = {
  reference: "APPDATA_REPOSITORY-1",
  environment: environment.reference,
  plugin: plugin.reference,
  name: "files",
  identity: '["files"]',
  data: { name: "files" },
  isAvailable: true,
  createdAt: AT,
};

const sourceConfig: SourceConfig = {
  reference: "APPDATA_SOURCE_CONFIG-1",
  repository: repository.reference,
  name: "/srv/data",
  identity: '["/srv/data"]',
  data: { path: "/srv/data" },
  isDiscovered: false,
  isAvailable: true,
  createdAt: AT,
};

const common = {
  description: "",
  plugin: plugin.reference,
  pool: pool.reference,
  repository: repository.reference,
  environment: environment.reference,
  environmentUser: environmentUser.reference,
  parameters: {},
  hooks: {},
  stage: "READY",
  wantedState: "RUNNING",
  status: "ACTIVE",
  statusAt: AT,
  sourceSizeBytes: null,
  usage: null,
  createdAt: AT,
} as const;

const dSource: LinkedSource = {
  ...common,
  reference: "APPDATA_CONTAINER-1",
  kind: "DSOURCE",
  guid: "0a0a0a0a-0000-4000-8000-000000000001",
  name: "payroll",
  source: "APPDATA_LINKED_SOURCE-1",
  currentTimeflow: "APPDATA_TIMEFLOW-1",
  pluginType: "DIRECT",
  sourceConfig: sourceConfig.reference,
  sourceEnvironmentUser: null,
  isResyncNeeded: false,
  syncedAt: AT,
};

const vdb: VirtualSource = {
  ...common,
  reference: "APPDATA_CONTAINER-2",
  kind: "VDB",
  guid: "0a0a0a0a-0000-4000-8000-000000000002",
  name: "copy",
  source: "APPDATA_VIRTUAL_SOURCE-1",
  currentTimeflow: "APPDATA_TIMEFLOW-2",
  parent: dSource.reference,
  owner: null,
  formerTimeflow: null,
  refreshedAt: null,
};

function timeflow(own: Pick<Timeflow, "reference" | "container" | "origin" | "parentSnapshot" | "storageName">): Timeflow {
  return { ...own, name: "first", parentSnapshotData: null, sourceConfig: null, createdAt: AT };
}

const dSourceTimeflow = timeflow({
  reference: "APPDATA_TIMEFLOW-1",
  container: dSource.reference,
  origin: "LINK",
  parentSnapshot: null,
  storageName: "ds-1",
});

const dSourceSnapshot: Snapshot = {
  reference: "APPDATA_SNAPSHOT-1",
  guid: "0b0b0b0b-0000-4000-8000-000000000001",
  name: "monday",
  container: dSource.reference,
  timeflow: dSourceTimeflow.reference,
  storageName: "snap-1",
  preparedDatasetName: null,
  preparedStorageName: null,
  preparation: "NOT_NEEDED",
  data: {},
  sharedPaths: null,
  takenAt: AT,
};

const vdbTimeflow = timeflow({
  reference: "APPDATA_TIMEFLOW-2",
  container: vdb.reference,
  origin: "PROVISION",
  parentSnapshot: dSourceSnapshot.reference,
  storageName: "vdb-1",
});

const mount: Mount = {
  reference: "MOUNT-1",
  container: vdb.reference,
  timeflow: vdbTimeflow.reference,
  environment: environment.reference,
  storageName: "vdb-1",
  mountPath: "/mnt/copy",
  sharedPath: "",
  createdDirectories: ["/mnt/copy"],
  createdAt: AT,
};

const fault: Fault = {
  reference: "FAULT-1",
  target: vdb.reference,
  targetName: vdb.name,
  code: "NOT_RUNNING",
  message: "",
  action: "",
  state: "ACTIVE",
  createdAt: AT,
  resolvedAt: null,
};

const action: Action = {
  reference: "ACTION-1",
  title: "Provision copy",
  operation: "vdb.provision",
  target: vdb.reference,
  user: "admin",
  asker: "USER-1",
  parent: null,
  state: "COMPLETED",
  errorCode: null,
  times: 1,
  startedAt: AT,
  endedAt: AT,
};

const user: User = { reference: "USER-1", name: "admin", role: "admin", passwordHash: "scrypt$", createdAt: AT };

const apiKey: ApiKey = {
  reference: "API_KEY-1",
  user: user.reference,
  name: "laptop",
  keyHash: "1".repeat(64),
  createdAt: AT,
  lastUsedAt: null,
  expiresAt: null,
};

const job: Job = {
  reference: "JOB-1",
  action: action.reference,
  workflow: "provision",
  workflowVersion: 1,
  title: "Provision copy from payroll",
  target: vdb.reference,
  targetName: vdb.name,
  state: "COMPLETED",
  direction: "FORWARD",
  input: {},
  request: null,
  isCancelRequested: false,
  isUnfinished: false,
  locksToFinish: [],
  percentComplete: 100,
  step: null,
  error: null,
  warningCount: 0,
  owner: null,
  queuedAt: AT,
  startedAt: AT,
  endedAt: AT,
};

/** A small world in which every reference leads somewhere: one object of each collection, a dSource and its copy. */
export const EXAMPLES = {
  pool,
  host,
  environment,
  environmentUser,
  plugin,
  repository,
  sourceConfig,
  dSource,
  vdb,
  dSourceTimeflow,
  vdbTimeflow,
  dSourceSnapshot,
  mount,
  fault,
  action,
  user,
  apiKey,
  job,
} as const;

/** What makes that world in an empty catalog (the job apart). */
export const EXAMPLE_CHANGES: readonly Change[] = [
  { collection: "environments", insert: environment },
  { collection: "hosts", insert: host },
  { collection: "environmentUsers", insert: environmentUser },
  { collection: "repositories", insert: repository },
  { collection: "sourceConfigs", insert: sourceConfig },
  { collection: "plugins", insert: plugin },
  { collection: "pools", insert: pool },
  { collection: "datasets", insert: dSource },
  { collection: "datasets", insert: vdb },
  { collection: "timeflows", insert: dSourceTimeflow },
  { collection: "timeflows", insert: vdbTimeflow },
  { collection: "snapshots", insert: dSourceSnapshot },
  { collection: "mounts", insert: mount },
  { collection: "faults", insert: fault },
  { collection: "actions", insert: action },
  { collection: "users", insert: user },
  { collection: "apiKeys", insert: apiKey },
];
