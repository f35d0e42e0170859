import type { LinkedSource, Mount, Snapshot, Timeflow, VirtualSource } from "@opendvp/core";
import { AT, environment, environmentUser, plugin, pool, repository, sourceConfig } from "./example-environment.ts";

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

export const dSource: LinkedSource = {
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

export const vdb: VirtualSource = {
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

export const dSourceTimeflow = timeflow({
  reference: "APPDATA_TIMEFLOW-1",
  container: dSource.reference,
  origin: "LINK",
  parentSnapshot: null,
  storageName: "ds-1",
});

export const dSourceSnapshot: Snapshot = {
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

export const vdbTimeflow = timeflow({
  reference: "APPDATA_TIMEFLOW-2",
  container: vdb.reference,
  origin: "PROVISION",
  parentSnapshot: dSourceSnapshot.reference,
  storageName: "vdb-1",
});

export const mount: Mount = {
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
