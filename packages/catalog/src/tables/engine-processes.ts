import type { EngineProcess } from "@opendvp/core";
import { text } from "./column.ts";
import { defineTable } from "./table.ts";

export const engineProcesses = defineTable<EngineProcess>(
  { name: "engine_processes", label: "an engine process" },
  {
    id: text(),
    startedAt: text(),
    leaseUntil: text(),
  },
);
