import Type from "typebox";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Bytes, Id, Timestamp } from "../schema/texts.ts";
import { Hooks } from "./hook.ts";

export const Usage = Type.Object({
  exclusive_bytes: Bytes,
  referenced_bytes: Bytes,
  measured_time: Timestamp,
});

/** What dSources and VDBs have in common. */
export const datasetProperties = {
  id: Id,
  name: Type.String(),
  description: Type.String(),
  data_uuid: Type.String({ description: "Kept by replication." }),
  database_type: Type.String({ description: "The plugin's name." }),
  toolkit_id: Id,
  plugin_version: Type.String(),
  is_appdata: Type.Literal(true),
  engine_id: Type.String(),
  engine_name: Type.String(),
  pool_id: Id,
  pool_name: Type.String(),
  environment_id: Id,
  environment_name: Type.String(),
  environment_user_id: Id,
  environment_user_name: Type.String(),
  repository_id: Id,
  repository_name: Type.String(),
  status: oneOf(["ACTIVE", "INACTIVE", "UNKNOWN"], "As last seen."),
  status_time: nullable(Timestamp),
  wanted_state: oneOf(["RUNNING", "STOPPED", "DISABLED"]),
  enabled: Type.Boolean(),
  stage: oneOf(["CREATING", "READY", "DELETING"]),
  size: nullable(Type.Integer({ description: "Bytes, as the plugin last said." })),
  storage_size: nullable(
    Type.Integer({
      description:
        "Bytes on the pool: of a dSource what its data takes, of a VDB what no snapshot or other dataset holds as well; null before the first measurement.",
    }),
  ),
  usage: nullable(Usage),
  current_timeflow_id: nullable(Id),
  dependant_vdbs: Type.Integer({ description: "VDBs made from it." }),
  hooks: Hooks,
  creation_date: Timestamp,
} as const;
