import type { JobStep } from "@opendvp/core";
import { json, nullable, number, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

export const jobSteps = defineTable<JobStep>(
  { name: "job_steps", label: "a step of a job" },
  {
    job: refersTo("jobs"),
    position: number(),
    key: text(),
    ordinal: number(),
    name: text(),
    state: text(),
    intent: json(),
    result: nullable(json()),
    startedAt: text(),
    endedAt: nullable(text()),
  },
);
