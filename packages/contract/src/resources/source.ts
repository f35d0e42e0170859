import Type, { type Static } from "typebox";
import { jsonObject } from "../schema/json-object.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id, Timestamp } from "../schema/texts.ts";

/** One dataset on a repository (a source config). */
export const Source = Type.Object({
  id: Id,
  name: Type.String(),
  database_type: Type.String({ description: "The plugin's name." }),
  toolkit_id: Id,
  plugin_version: Type.String(),
  environment_id: Id,
  environment_name: Type.String(),
  repository: Id,
  repository_name: Type.String(),
  appdata_source_type: oneOf(["AppDataDirect", "AppDataStaged"]),
  is_dsource: Type.Boolean({ description: "A dSource is linked to it." }),
  is_discovered: Type.Boolean({ description: "A discovery found it; false: added by hand." }),
  is_available: Type.Boolean(),
  parameters: jsonObject("A SourceConfigDefinition of the plugin."),
  creation_time: Timestamp,
});
export type Source = Static<typeof Source>;
