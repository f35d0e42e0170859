import type { Environment } from "@opendvp/core";
import { nullable, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const environments = defineTable<Environment>(
  { name: "environments", label: "an environment" },
  {
    reference: text(),
    name: text(),
    description: text(),
    host: refersTo("hosts"),
    primaryUser: nullable(refersTo("environment_users")),
    createdAt: text(),
    refreshedAt: nullable(text()),
  },
);
