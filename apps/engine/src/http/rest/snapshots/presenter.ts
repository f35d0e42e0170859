import type { DeletionPlan, Snapshot } from "@opendvp/contract";
import type { Dataset, DeletionPlan as PlanEntity, Engine, Snapshot as SnapshotEntity } from "@opendvp/core";
import type { EngineIdentity } from "../../engine-identity.ts";

export function presentSnapshot(
  snapshot: SnapshotEntity,
  datasets: ReadonlyMap<string, Dataset>,
  from: { engine: Engine; identity: EngineIdentity },
): Snapshot {
  const dataset = datasets.get(snapshot.container);
  return {
    id: snapshot.reference,
    name: snapshot.name,
    data_uuid: snapshot.guid,
    engine_id: from.identity.id,
    dataset_id: snapshot.container,
    dataset_name: dataset?.name ?? "",
    timeflow_id: snapshot.timeflow,
    is_current_timeflow: dataset?.currentTimeflow === snapshot.timeflow,
    timestamp: snapshot.takenAt,
    creation_time: snapshot.takenAt,
    location: snapshot.reference,
    consistency: snapshot.data === null ? "CRASH_CONSISTENT" : "CONSISTENT",
    is_provisionable: snapshot.data !== null,
    preparation: snapshot.preparation,
    appdata_toolkit: dataset?.plugin ?? "",
    appdata_metadata: snapshot.data === null ? null : from.engine.redacted(snapshot.data),
  };
}

export function presentDeletionPlan(plan: PlanEntity): DeletionPlan {
  return {
    is_possible: plan.dependents.length === 0,
    dependents: plan.dependents.map(({ reference, name, relation, formerTimeflows }) => ({
      id: reference,
      name,
      relation,
      former_timeflow_ids: [...formerTimeflows],
    })),
    freed_bytes: plan.freedBytes,
    is_exact: plan.isExact,
  };
}
