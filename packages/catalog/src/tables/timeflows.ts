import type { Timeflow } from "@opendvp/core";
import { json, nullable, refersTo, refersToIfPresent, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const timeflows = defineTable<Timeflow>(
  { name: "timeflows", label: "a timeflow" },
  {
    reference: text(),
    container: refersTo("datasets"),
    name: text(),
    origin: text(),
    parentSnapshot: refersToIfPresent("snapshots"),
    parentSnapshotData: nullable(json()),
    storageName: nullable(text()),
    sourceConfig: nullable(json()),
    createdAt: text(),
  },
);
