import Type, { type Static } from "typebox";
import { jsonObject } from "../schema/json-object.ts";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Bytes, Id, Timestamp } from "../schema/texts.ts";

export const Snapshot = Type.Object({
  id: Id,
  name: Type.String(),
  data_uuid: Type.String({ description: "Kept by replication." }),
  engine_id: Type.String(),
  dataset_id: Id,
  dataset_name: Type.String(),
  timeflow_id: Id,
  is_current_timeflow: Type.Boolean(),
  timestamp: Timestamp,
  creation_time: Timestamp,
  location: Type.String({ description: "What `provision_by_location` takes." }),
  consistency: oneOf(["CONSISTENT", "CRASH_CONSISTENT"], "CRASH_CONSISTENT: storage alone took it, without the plugin."),
  is_provisionable: Type.Boolean({ description: "Copies and rewinds can start from it." }),
  preparation: oneOf(["NOT_NEEDED", "PENDING", "DONE", "FAILED"]),
  appdata_toolkit: Id,
  appdata_metadata: nullable(jsonObject("A SnapshotDefinition of the plugin.")),
});
export type Snapshot = Static<typeof Snapshot>;

/** What a deletion would free, and what holds it back. */
export const DeletionPlan = Type.Object({
  is_possible: Type.Boolean(),
  dependents: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      relation: Type.String(),
      former_timeflow_ids: Type.Array(Id, { description: "Its former timeflows that are in the way: each can be deleted by itself." }),
    }),
    { description: "Each VDB once." },
  ),
  freed_bytes: Bytes,
  is_exact: Type.Boolean({ description: "False: at least so many." }),
});
export type DeletionPlan = Static<typeof DeletionPlan>;
