import Type, { type Static } from "typebox";
import { jsonObject } from "../schema/json-object.ts";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id } from "../schema/texts.ts";
import { ErrorBody } from "./error.ts";

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
  kind: oneOf(["PLUGIN", "TOOLKIT"]),
  plugin_id: Type.String({ description: "The plugin's own id, or the toolkit's name: the same over all its versions." }),
  name: Type.String(),
  pretty_name: Type.String(),
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
  migration_ids: Type.Array(Type.String(), {
    description: "Its data migrations, in the order in which they run; none where an engine of before has not kept them.",
  }),
  lua_name: nullable(Type.String({ description: "The toolkit that it is, or once was, a newer version of." })),
  minimum_lua_version: nullable(Type.String()),
  schemas: PluginSchemas,
  artifact_sha256: Type.String(),
  status: oneOf(["ACTIVE", "INACTIVE"]),
  creation_time: Type.String({ description: "ISO 8601, UTC: when this version was uploaded; an upgrade brings another one." }),
});
export type Plugin = Static<typeof Plugin>;

export const UpgradedValue = Type.Object({
  object_id: Id,
  name: Type.String(),
  kind: oneOf(["repository", "sourceConfig", "linkedSource", "virtualSource", "snapshot"]),
  description: Type.String({ description: "What it is, for people." }),
  migrations: Type.Array(Type.String(), { description: "In the order in which they run; those of a toolkit's versions as `Lua 1.0`." }),
  is_changed: Type.Boolean(),
  error: nullable(ErrorBody),
  exposed_passwords: Type.Array(Type.String(), { description: "Paths at which a password would become readable." }),
});
export type UpgradedValue = Static<typeof UpgradedValue>;

export const UpgradePreview = Type.Object({
  name: Type.String(),
  build_number: Type.String(),
  installed: Type.Array(Type.Object({ id: Id, name: Type.String(), build_number: Type.String() }), {
    description: "The versions whose place it would take; empty where it would be new.",
  }),
  is_possible: Type.Boolean(),
  error: nullable(ErrorBody),
  values: Type.Array(UpgradedValue),
  warnings: Type.Array(Type.String()),
});
export type UpgradePreview = Static<typeof UpgradePreview>;

/** A plugin as clients of the wider field's API see it. */
export const Toolkit = Type.Object({
  id: Id,
  type: oneOf(["Plugin", "Toolkit"]),
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
