import type { Lock } from "@opendvp/core";
import { boolean, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const locks = defineTable<Lock>(
  { name: "locks", label: "a lock" },
  {
    object: text(),
    job: refersTo("jobs"),
    mode: text(),
    isHeld: boolean(),
  },
);
