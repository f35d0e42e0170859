import type { Dataset, LinkedSource, Snapshot, VirtualSource } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import type { MemoryObjects } from "./memory-objects.ts";

const AT = "2026-11-21T12:00:00.000Z";

/** What dSources and VDBs have in common, of an object just made. */
function freshDataset(objects: MemoryObjects, name: string, repository: Reference<"APPDATA_REPOSITORY">) {
  const reference = objects.next("APPDATA_CONTAINER");
  const found = objects.repositories.all.find((candidate) => candidate.reference === repository);
  const user = objects.environmentUsers.all.find(({ environment }) => environment === found?.environment);
  const [pool] = objects.pools.all;
  if (found === undefined || user === undefined || pool === undefined) throw new Error("a dataset needs a repository, a user and a pool");
  return {
    reference,
    guid: `guid-${reference}`,
    name,
    description: "",
    plugin: found.plugin,
    pool: pool.reference,
    repository,
    environment: found.environment,
    environmentUser: user.reference,
    currentTimeflow: null,
    hooks: {},
    stage: "READY",
    wantedState: "RUNNING",
    status: "ACTIVE",
    statusAt: AT,
    sourceSizeBytes: 1_500_000,
    usage: { exclusiveBytes: 4096, referencedBytes: 1_500_000, measuredAt: AT },
    createdAt: AT,
  } as const;
}

export function freshLinkedSource(
  objects: MemoryObjects,
  input: Pick<LinkedSource, "name" | "sourceConfig" | "repository" | "parameters" | "hooks">,
): LinkedSource {
  return {
    ...freshDataset(objects, input.name, input.repository),
    parameters: input.parameters,
    hooks: input.hooks,
    kind: "DSOURCE",
    source: objects.next("APPDATA_LINKED_SOURCE"),
    pluginType: "DIRECT",
    sourceConfig: input.sourceConfig,
    sourceEnvironmentUser: null,
    isResyncNeeded: false,
    syncedAt: AT,
  };
}

export function freshVirtualSource(
  objects: MemoryObjects,
  input: Pick<VirtualSource, "name" | "repository" | "parameters" | "parent" | "hooks" | "owner">,
): VirtualSource {
  return {
    ...freshDataset(objects, input.name, input.repository),
    parameters: input.parameters,
    hooks: input.hooks,
    kind: "VDB",
    source: objects.next("APPDATA_VIRTUAL_SOURCE"),
    parent: input.parent,
    owner: input.owner,
    formerTimeflow: null,
    refreshedAt: null,
  };
}

/** Gives a dataset a new current timeflow. */
export function addTimeflow(
  objects: MemoryObjects,
  dataset: Dataset,
  origin: "LINK" | "PROVISION" | "EMPTY" | "REFRESH" | "ROLLBACK",
): void {
  const reference = objects.next("APPDATA_TIMEFLOW");
  objects.timeflows.put({
    reference,
    container: dataset.reference,
    name: `${dataset.name} ${reference}`,
    origin,
    parentSnapshot: null,
    parentSnapshotData: null,
    storageName: `storage-${reference}`,
    sourceConfig: { path: "/mnt/data", password: "hidden" },
    createdAt: AT,
  });
  const former = dataset.kind === "VDB" ? { formerTimeflow: dataset.currentTimeflow } : {};
  objects.datasets.set(dataset.reference, { currentTimeflow: reference, ...former });
}

/** Takes a snapshot of a dataset's current timeflow. */
export function addSnapshot(objects: MemoryObjects, container: Reference<"APPDATA_CONTAINER">, name?: string): void {
  const timeflow = objects.datasets.all.find(({ reference }) => reference === container)?.currentTimeflow;
  if (timeflow === null || timeflow === undefined) return;
  const reference = objects.next("APPDATA_SNAPSHOT");
  const serial = objects.snapshots.all.length;
  const snapshot: Snapshot = {
    reference,
    guid: `guid-${reference}`,
    name: name ?? `@2026-11-21T12:${String(serial % 60).padStart(2, "0")}`,
    container,
    timeflow,
    storageName: `storage-${reference}`,
    preparedDatasetName: null,
    preparedStorageName: null,
    preparation: "NOT_NEEDED",
    data: { toolkit: "directory", password: "hidden" },
    sharedPaths: null,
    takenAt: `2026-11-21T12:${String(serial % 60).padStart(2, "0")}:00.000Z`,
  };
  objects.snapshots.put(snapshot);
}
