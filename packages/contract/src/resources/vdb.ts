import Type, { type Static } from "typebox";
import { jsonObject } from "../schema/json-object.ts";
import { nullable } from "../schema/nullable.ts";
import { Id, Timestamp } from "../schema/texts.ts";
import { datasetProperties } from "./dataset.ts";

export const VdbMount = Type.Object({
  environment_id: Id,
  mount_path: Type.String(),
  shared_path: Type.String({ description: "Sub-directory of the dataset; empty = all of it." }),
});

/** A virtual source. */
export const Vdb = Type.Object({
  ...datasetProperties,
  parent_id: nullable(Id),
  parent_name: nullable(Type.String()),
  parent_dsource_id: nullable(Id),
  owner: nullable(
    Type.String({ description: "Name of the account that it belongs to; null: operators and administrators alone may change it." }),
  ),
  owner_id: nullable(Id),
  mount_point: nullable(Type.String()),
  mounts: Type.Array(VdbMount),
  previous_timeflow_id: nullable(Id),
  last_refreshed_date: nullable(Timestamp),
  appdata_source_params: jsonObject("A VirtualSourceDefinition of the plugin."),
  appdata_config_params: Type.Optional(
    nullable(jsonObject("The SourceConfigDefinition that the plugin last gave for it. In the answer about one VDB only.")),
  ),
});
export type Vdb = Static<typeof Vdb>;
