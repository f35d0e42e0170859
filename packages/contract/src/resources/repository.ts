import Type, { type Static } from "typebox";
import { jsonObject } from "../schema/json-object.ts";
import { Id, Timestamp } from "../schema/texts.ts";

export const Repository = Type.Object({
  id: Id,
  name: Type.String(),
  database_type: Type.String({ description: "The plugin's name." }),
  toolkit_id: Id,
  environment_id: Id,
  environment_name: Type.String(),
  allow_provisioning: Type.Boolean(),
  is_available: Type.Boolean({ description: "False once a discovery no longer finds it." }),
  parameters: jsonObject("A RepositoryDefinition of the plugin."),
  creation_time: Timestamp,
});
export type Repository = Static<typeof Repository>;
