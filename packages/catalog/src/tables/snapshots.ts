import type { Snapshot } from "@opendvp/core";
import { json, nullable, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const snapshots = defineTable<Snapshot>(
  { name: "snapshots", label: "a snapshot" },
  {
    reference: text(),
    guid: text(),
    name: text(),
    container: refersTo("datasets"),
    timeflow: refersTo("timeflows"),
    storageName: text(),
    preparedDatasetName: nullable(text()),
    preparedStorageName: nullable(text()),
    preparation: text(),
    data: nullable(json()),
    sharedPaths: nullable(json()),
    takenAt: text(),
  },
);
