import type { EngineProcess } from "@opendvp/core";
import { text } from "./column.ts";
import { defineTable } from "./table.ts";

export const engineProcesses = defineTable<EngineProcess>("engine_processes", "an engine process", {
  id: text(),
  startedAt: text(),
  leaseUntil: text(),
});
