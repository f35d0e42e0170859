import type { DSource } from "@opendvp/contract";
import type { Engine, LinkedSource } from "@opendvp/core";
import type { EngineIdentity } from "../../engine-identity.ts";
import { presentDataset } from "../datasets/presenter.ts";
import type { DatasetIndex } from "../resolving/dataset-index.ts";
import { nameIn } from "../resolving/loaded-index.ts";

export function presentDSource(dsource: LinkedSource, index: DatasetIndex, from: { engine: Engine; identity: EngineIdentity }): DSource {
  return Object.assign(presentDataset(dsource, index, from.identity), {
    source_id: dsource.sourceConfig,
    source_name: nameIn(index.objects.sourceConfigs, dsource.sourceConfig),
    link_type: dsource.pluginType === "STAGED" ? ("AppDataStaged" as const) : ("AppDataDirect" as const),
    source_environment_user_id: dsource.sourceEnvironmentUser,
    parameters: from.engine.redacted(dsource.parameters),
    is_resync_needed: dsource.isResyncNeeded,
    last_sync_time: dsource.syncedAt,
  });
}
