import type { Mount } from "@opendvp/core";
import { json, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const mounts = defineTable<Mount>(
  { name: "mounts", label: "a mount" },
  {
    reference: text(),
    container: refersTo("datasets"),
    timeflow: refersTo("timeflows"),
    environment: refersTo("environments"),
    storageName: text(),
    mountPath: text(),
    sharedPath: text(),
    createdDirectories: json(),
    createdAt: text(),
  },
);
