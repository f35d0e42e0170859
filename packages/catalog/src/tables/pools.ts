import type { Pool } from "@opendvp/core";
import { text } from "./column.ts";
import { defineTable } from "./table.ts";

export const pools = defineTable<Pool>(
  { name: "pools", label: "a pool" },
  {
    reference: text(),
    name: text(),
    driver: text(),
    location: text(),
    createdAt: text(),
  },
);
