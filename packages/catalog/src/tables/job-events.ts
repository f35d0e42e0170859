import type { JobEvent } from "@opendvp/core";
import { number, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const jobEvents = defineTable<JobEvent>(
  { name: "job_events", label: "an event of a job" },
  {
    job: refersTo("jobs"),
    serial: number(),
    level: text(),
    code: text(),
    message: text(),
    action: text(),
    at: text(),
  },
);
