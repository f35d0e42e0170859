import Type, { type Static } from "typebox";
import { jsonObject } from "../schema/json-object.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id, Timestamp } from "../schema/texts.ts";

export const PluginSchemas = Type.Object({
  repositoryDefinition: jsonObject("JSON Schema."),
  sourceConfigDefinition: jsonObject("JSON Schema."),
  linkedSourceDefinition: jsonObject("JSON Schema."),
  virtualSourceDefinition: jsonObject("JSON Schema."),
  snapshotDefinition: jsonObject("JSON Schema."),
  snapshotParametersDefinition: jsonObject("JSON Schema."),
});

export const Plugin = Type.Object({
  id: Id,
  plugin_id: Type.String({ description: "The plugin's own id, the same over all its versions." }),
  name: Type.String(),
  build_number: Type.String(),
  external_version: Type.String(),
  language: Type.String(),
  plugin_type: oneOf(["DIRECT", "STAGED"]),
  host_types: Type.Array(Type.String()),
  entry_point: Type.String(),
  manual_discovery: Type.Boolean({ description: "Source configs may be added by hand." }),
  root_squash_enabled: Type.Boolean(),
  extended_start_stop_hooks: Type.Boolean(),
  operations: Type.Array(Type.String()),
  schemas: PluginSchemas,
  artifact_sha256: Type.String(),
  status: oneOf(["ACTIVE", "INACTIVE"]),
  creation_time: Timestamp,
});
export type Plugin = Static<typeof Plugin>;

/** A plugin as clients of the wider field's API see it. */
export const Toolkit = Type.Object({
  id: Id,
  type: Type.Literal("Plugin"),
  reference: Id,
  name: Type.String(),
  engine_id: Type.String(),
  engine_name: Type.String(),
  virtual_source_definition: jsonObject("{type, parameters}"),
  linked_source_definition: jsonObject("{type, parameters}"),
  discovery_definition: jsonObject("{type, repositorySchema, sourceConfigSchema, …}"),
  snapshot_parameters_definition: jsonObject("{type, schema}"),
});
export type Toolkit = Static<typeof Toolkit>;
