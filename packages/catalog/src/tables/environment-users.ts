import type { EnvironmentUser } from "@opendvp/core";
import { refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const environmentUsers = defineTable<EnvironmentUser>("environment_users", "an environment user", {
  reference: text(),
  environment: refersTo("environments"),
  name: text(),
  createdAt: text(),
});
