import type { Action } from "@opendvp/core";
import { nullable, number, text } from "./column.ts";
import { defineTable } from "./table.ts";

/** `target`, `user`, `asker` and `parent` are no foreign keys: the record of what was asked outlives them. */
export const actions = defineTable<Action>(
  { name: "actions", label: "an action" },
  {
    reference: text(),
    title: text(),
    operation: text(),
    target: nullable(text()),
    user: text(),
    asker: nullable(text()),
    parent: nullable(text()),
    state: text(),
    errorCode: nullable(text()),
    times: number(),
    startedAt: text(),
    endedAt: nullable(text()),
  },
);
