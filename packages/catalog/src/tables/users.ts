import type { User } from "@opendvp/core";
import { text } from "./column.ts";
import { defineTable } from "./table.ts";

export const users = defineTable<User>(
  { name: "users", label: "a user" },
  {
    reference: text(),
    name: text(),
    role: text(),
    passwordHash: text(),
    createdAt: text(),
  },
);
