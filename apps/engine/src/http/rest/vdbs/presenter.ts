import type { Vdb } from "@opendvp/contract";
import type { Engine, VirtualSource } from "@opendvp/core";
import type { EngineIdentity } from "../../engine-identity.ts";
import { presentDataset } from "../datasets/presenter.ts";
import { type DatasetIndex, rootOf } from "../resolving/dataset-index.ts";
import { nameIn } from "../resolving/loaded-index.ts";

export function presentVdb(vdb: VirtualSource, index: DatasetIndex, from: { engine: Engine; identity: EngineIdentity }): Vdb {
  const mounts = index.mounts.get(vdb.reference) ?? [];
  const { datasets } = index;
  const { users } = index.objects;
  // Spreading would copy each member of each VDB once more.
  return Object.assign(presentDataset(vdb, index, from.identity), {
    parent_id: vdb.parent,
    parent_name: vdb.parent === null ? null : nameIn(datasets, vdb.parent),
    parent_dsource_id: rootOf(vdb, datasets),
    owner: vdb.owner === null ? null : nameIn(users, vdb.owner),
    owner_id: vdb.owner,
    mount_point: mounts[0]?.mountPath ?? null,
    mounts: mounts.map(({ environment, mountPath, sharedPath }) => ({
      environment_id: environment,
      mount_path: mountPath,
      shared_path: sharedPath,
    })),
    previous_timeflow_id: vdb.formerTimeflow,
    last_refreshed_date: vdb.refreshedAt,
    appdata_source_params: from.engine.redacted(vdb.parameters),
  });
}
