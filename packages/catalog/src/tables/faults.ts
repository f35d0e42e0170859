import type { Fault } from "@opendvp/core";
import { nullable, text } from "./column.ts";
import { defineTable } from "./table.ts";

/** `target` is no foreign key: a fault may outlive what it is about. */
export const faults = defineTable<Fault>(
  { name: "faults", label: "a fault" },
  {
    reference: text(),
    target: text(),
    targetName: text(),
    code: text(),
    message: text(),
    action: text(),
    state: text(),
    createdAt: text(),
    resolvedAt: nullable(text()),
  },
);
