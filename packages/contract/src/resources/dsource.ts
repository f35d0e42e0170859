import Type, { type Static } from "typebox";
import { jsonObject } from "../schema/json-object.ts";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id, Timestamp } from "../schema/texts.ts";
import { datasetProperties } from "./dataset.ts";

/** A linked source. */
export const DSource = Type.Object({
  ...datasetProperties,
  source_id: Id,
  source_name: Type.String(),
  link_type: oneOf(["AppDataDirect", "AppDataStaged"]),
  source_environment_user_id: nullable(Id),
  parameters: jsonObject("A LinkedSourceDefinition of the plugin."),
  is_resync_needed: Type.Boolean({ description: "No sync has succeeded yet: the next one is a resync." }),
  last_sync_time: nullable(Timestamp),
});
export type DSource = Static<typeof DSource>;
