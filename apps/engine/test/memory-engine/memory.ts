import type { Ask, Started } from "@opendvp/core";
import type { MemoryJobs, MemoryWork } from "./memory-jobs.ts";
import type { MemoryObjects } from "./memory-objects.ts";

/** What the parts of the engine work with. */
export interface Memory {
  readonly objects: MemoryObjects;
  readonly jobs: MemoryJobs;
  readonly start: (ask: Ask, work: MemoryWork) => Started;
}
