import type { Job } from "@opendvp/core";
import { boolean, json, nullable, number, refersTo, text } from "./column.ts";
import { defineTable } from "./table.ts";

/** `target` and `owner` are no foreign keys: a job's record outlives both. */
export const jobs = defineTable<Job>(
  { name: "jobs", label: "a job" },
  {
    reference: text(),
    action: refersTo("actions"),
    workflow: text(),
    workflowVersion: number(),
    title: text(),
    target: nullable(text()),
    targetName: text(),
    state: text(),
    direction: text(),
    input: json(),
    request: nullable(text()),
    isCancelRequested: boolean(),
    isUnfinished: boolean(),
    locksToFinish: json(),
    percentComplete: number(),
    step: nullable(text()),
    error: nullable(json()),
    warningCount: number(),
    owner: nullable(text()),
    queuedAt: text(),
    startedAt: nullable(text()),
    endedAt: nullable(text()),
  },
);
