import type { EnvironmentUser } from "@opendvp/core";
import { refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const environmentUsers = defineTable<EnvironmentUser>(
  { name: "environment_users", label: "an environment user" },
  {
    reference: text(),
    environment: refersTo("environments"),
    name: text(),
    createdAt: text(),
  },
);
