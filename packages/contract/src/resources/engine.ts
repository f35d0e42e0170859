import Type, { type Static } from "typebox";
import { nullable } from "../schema/nullable.ts";
import { Bytes, Id, Timestamp } from "../schema/texts.ts";
import { Pool } from "./pool.ts";

export const About = Type.Object({
  product: Type.Literal("OpenDVP"),
  version: Type.String(),
  engine_id: Type.String(),
  engine_name: Type.String(),
  documentation: Type.String({ description: "Path of the API's pages on this engine." }),
});
export type About = Static<typeof About>;

export const PluginProcess = Type.Object({
  plugin_id: Id,
  plugin_name: Type.String(),
  pid: Type.Integer(),
  is_busy: Type.Boolean(),
  resident_bytes: Bytes,
});

/** How far a start of the engine is with bringing datasets to what they are wanted to be. */
export const Restoring = Type.Object({
  is_done: Type.Boolean({ description: "Everything that had to be brought back is back, or has failed." }),
  total: Type.Integer({ description: "Datasets that are wanted on a host." }),
  remaining: Type.Integer({ description: "Those of them that are not known to be there yet." }),
  failed: Type.Array(Type.Object({ dataset_id: Id, dataset_name: Type.String(), message: Type.String(), action: Type.String() })),
});

export const EngineStatus = Type.Object({
  engine_id: Type.String(),
  engine_name: Type.String(),
  version: Type.String(),
  start_time: Timestamp,
  uptime_seconds: Type.Integer(),
  resident_bytes: Bytes,
  pools: Type.Array(Pool),
  plugin_processes: Type.Array(PluginProcess),
  missing_guards: Type.Array(Type.String(), { description: "What this machine cannot do to confine plugins." }),
  restoring: Restoring,
  open_jobs: Type.Integer(),
  active_faults: Type.Integer(),
});
export type EngineStatus = Static<typeof EngineStatus>;

/** This engine as clients of the wider field's API see it. */
export const RegisteredEngine = Type.Object({
  id: Type.String(),
  uuid: Type.String(),
  type: Type.Literal("VIRTUALIZATION"),
  name: Type.String(),
  hostname: Type.String(),
  version: Type.String(),
  status: Type.Literal("CREATED"),
  connection_status: Type.Literal("ONLINE"),
  data_storage_capacity: nullable(Bytes),
  data_storage_used: nullable(Bytes),
});
export type RegisteredEngine = Static<typeof RegisteredEngine>;
