import type { Host } from "@opendvp/core";
import { text } from "./column.ts";
import { defineTable } from "./table.ts";

export const hosts = defineTable<Host>(
  { name: "hosts", label: "a host" },
  {
    reference: text(),
    address: text(),
    transport: text(),
    scratchPath: text(),
    binaryPath: text(),
    osName: text(),
    createdAt: text(),
  },
);
