import type { Timeflow } from "@opendvp/contract";
import type { Dataset, Timeflow as TimeflowEntity } from "@opendvp/core";
import type { EngineIdentity } from "../../engine-identity.ts";

export function presentTimeflow(timeflow: TimeflowEntity, datasets: ReadonlyMap<string, Dataset>, identity: EngineIdentity): Timeflow {
  const dataset = datasets.get(timeflow.container);
  const { origin } = timeflow;
  return {
    id: timeflow.reference,
    name: timeflow.name,
    engine_id: identity.id,
    dataset_id: timeflow.container,
    dataset_name: dataset?.name ?? "",
    creation_type: origin === "REFRESH" || origin === "ROLLBACK" ? origin : "INITIAL",
    origin,
    parent_snapshot_id: timeflow.parentSnapshot,
    is_active: dataset?.currentTimeflow === timeflow.reference,
    has_head: timeflow.storageName !== null,
    creation_timestamp: timeflow.createdAt,
  };
}
