import type { Plugin } from "@opendvp/core";
import { boolean, json, nullable, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const plugins = defineTable<Plugin>(
  { name: "plugins", label: "a plugin" },
  {
    reference: text(),
    kind: text(),
    pluginId: text(),
    name: text(),
    prettyName: text(),
    buildNumber: text(),
    externalVersion: text(),
    language: text(),
    pluginType: text(),
    hostTypes: json(),
    entryPoint: text(),
    hasManualDiscovery: boolean(),
    isRootSquashEnabled: boolean(),
    hasExtendedStartStopHooks: boolean(),
    repositoryIdentityFields: json(),
    repositoryNameField: text(),
    sourceConfigIdentityFields: json(),
    sourceConfigNameField: text(),
    schemas: json(),
    operations: json(),
    migrationIds: nullable(json()),
    luaMigrations: json(),
    lua: nullable(json()),
    artifact: text(),
    status: text(),
    createdAt: text(),
  },
);
