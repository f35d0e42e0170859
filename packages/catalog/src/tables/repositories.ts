import type { Repository } from "@opendvp/core";
import { boolean, json, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const repositories = defineTable<Repository>(
  { name: "repositories", label: "a repository" },
  {
    reference: text(),
    environment: refersTo("environments"),
    plugin: refersTo("plugins"),
    name: text(),
    identity: text(),
    data: json(),
    isAvailable: boolean(),
    createdAt: text(),
  },
);
