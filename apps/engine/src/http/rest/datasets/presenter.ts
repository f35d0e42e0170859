import type { DSource } from "@opendvp/contract";
import type { Dataset } from "@opendvp/core";
import type { EngineIdentity } from "../../engine-identity.ts";
import { presentHooks } from "../hooks/presenter.ts";
import type { DatasetIndex } from "../resolving/dataset-index.ts";
import { nameIn } from "../resolving/loaded-index.ts";

type Shared = Omit<
  DSource,
  "source_id" | "source_name" | "link_type" | "source_environment_user_id" | "parameters" | "is_resync_needed" | "last_sync_time"
>;

/** What dSources and VDBs have in common: an object of its own, for the caller to add to. */
export function presentDataset(dataset: Dataset, index: DatasetIndex, identity: EngineIdentity): Shared {
  const { objects, copyCounts } = index;
  const plugin = objects.plugins.get(dataset.plugin);
  return {
    id: dataset.reference,
    name: dataset.name,
    description: dataset.description,
    data_uuid: dataset.guid,
    database_type: plugin?.name ?? "",
    toolkit_id: dataset.plugin,
    plugin_version: plugin?.buildNumber ?? "",
    is_appdata: true,
    engine_id: identity.id,
    engine_name: identity.name,
    pool_id: dataset.pool,
    pool_name: nameIn(objects.pools, dataset.pool),
    environment_id: dataset.environment,
    environment_name: nameIn(objects.environments, dataset.environment),
    environment_user_id: dataset.environmentUser,
    environment_user_name: nameIn(objects.environmentUsers, dataset.environmentUser),
    repository_id: dataset.repository,
    repository_name: nameIn(objects.repositories, dataset.repository),
    status: dataset.status,
    status_time: dataset.statusAt,
    wanted_state: dataset.wantedState,
    enabled: dataset.wantedState !== "DISABLED",
    stage: dataset.stage,
    size: dataset.sourceSizeBytes === null ? null : Math.round(dataset.sourceSizeBytes),
    storage_size: storageSize(dataset),
    usage:
      dataset.usage === null
        ? null
        : {
            exclusive_bytes: dataset.usage.exclusiveBytes,
            referenced_bytes: dataset.usage.referencedBytes,
            measured_time: dataset.usage.measuredAt,
          },
    current_timeflow_id: dataset.currentTimeflow,
    dependant_vdbs: copyCounts.get(dataset.reference) ?? 0,
    hooks: presentHooks(dataset.hooks),
    creation_date: dataset.createdAt,
  };
}

// A dSource's snapshots share its blocks, so that next to nothing would be its alone: what it holds is all of its data.
function storageSize({ kind, usage }: Dataset): number | null {
  if (usage === null) return null;
  return kind === "DSOURCE" ? usage.referencedBytes : usage.exclusiveBytes;
}
