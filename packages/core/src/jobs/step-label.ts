import type { JobStep } from "../entities/job.ts";

/** How a line of the journal is called while it is under way. */
export function stepLabel({ name, key }: Pick<JobStep, "name" | "key">): string {
  return key === "" ? name : `${name} ${key}`;
}
