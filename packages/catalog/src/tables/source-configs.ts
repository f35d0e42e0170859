import type { SourceConfig } from "@opendvp/core";
import { boolean, json, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const sourceConfigs = defineTable<SourceConfig>(
  { name: "source_configs", label: "a source config" },
  {
    reference: text(),
    repository: refersTo("repositories"),
    name: text(),
    identity: text(),
    data: json(),
    isDiscovered: boolean(),
    isAvailable: boolean(),
    createdAt: text(),
  },
);
