import type { Environment, EnvironmentUser, Host, KnownPlugin, Pool, Repository, SourceConfig } from "@opendvp/core";

/** When everything in the small world happened. */
export const AT = "2026-01-02T03:04:05.678Z";

export const pool: Pool = { reference: "STORAGE_POOL-1", name: "tank", driver: "btrfs", location: "/srv/pool", createdAt: AT };

export const host: Host = {
  reference: "UNIX_HOST-1",
  address: "localhost",
  transport: "local",
  scratchPath: "/var/tmp/scratch",
  binaryPath: "/usr/lib/binaries",
  osName: "Debian 12",
  createdAt: AT,
};

export const environment: Environment = {
  reference: "UNIX_HOST_ENVIRONMENT-1",
  name: "here",
  description: "",
  host: host.reference,
  primaryUser: "HOST_USER-1",
  createdAt: AT,
  refreshedAt: null,
};

export const environmentUser: EnvironmentUser = {
  reference: "HOST_USER-1",
  environment: environment.reference,
  name: "alice",
  createdAt: AT,
};

export const plugin: KnownPlugin = {
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

export const repository: Repository = {
  reference: "APPDATA_REPOSITORY-1",
  environment: environment.reference,
  plugin: plugin.reference,
  name: "files",
  identity: '["files"]',
  data: { name: "files" },
  isAvailable: true,
  createdAt: AT,
};

export const sourceConfig: SourceConfig = {
  reference: "APPDATA_SOURCE_CONFIG-1",
  repository: repository.reference,
  name: "/srv/data",
  identity: '["/srv/data"]',
  data: { path: "/srv/data" },
  isDiscovered: false,
  isAvailable: true,
  createdAt: AT,
};
