import type { Vdb } from "@opendvp/contract";
import type { Engine, VirtualSource } from "@opendvp/core";
import type { EngineIdentity } from "../../engine-identity.ts";
import { presentDataset } from "../datasets/presenter.ts";
import { type DatasetIndex, rootOf } from "../resolving/dataset-index.ts";
import { nameIn } from "../resolving/loaded-index.ts";

/** Mounts by the container that is mounted. */
export type MountsByContainer = ReadonlyMap<string, readonly Vdb["mounts"][number][]>;

export function mountsByContainer(index: DatasetIndex): MountsByContainer {
  const byContainer = new Map<string, Vdb["mounts"][number][]>();
  for (const mount of index.objects.mounts.values()) {
    const mounts = byContainer.get(mount.container) ?? [];
    mounts.push({ environment_id: mount.environment, mount_path: mount.mountPath, shared_path: mount.sharedPath });
    byContainer.set(mount.container, mounts);
  }
  return byContainer;
}

export interface VdbIndex {
  readonly datasets: DatasetIndex;
  readonly mounts: MountsByContainer;
}

export function presentVdb(vdb: VirtualSource, index: VdbIndex, from: { engine: Engine; identity: EngineIdentity }): Vdb {
  const mounts = index.mounts.get(vdb.reference) ?? [];
  const { datasets, users } = index.datasets.objects;
  return {
    ...presentDataset(vdb, index.datasets, from.identity),
    parent_id: vdb.parent,
    parent_name: vdb.parent === null ? null : nameIn(datasets, vdb.parent),
    parent_dsource_id: rootOf(vdb, datasets),
    owner: vdb.owner === null ? null : nameIn(users, vdb.owner),
    owner_id: vdb.owner,
    mount_point: mounts[0]?.mount_path ?? null,
    mounts: [...mounts],
    previous_timeflow_id: vdb.formerTimeflow,
    last_refreshed_date: vdb.refreshedAt,
    appdata_source_params: from.engine.redacted(vdb.parameters),
  };
}
