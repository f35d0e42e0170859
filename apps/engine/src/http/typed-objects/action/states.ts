import type { Action, JobState } from "@opendvp/core";

export type WireState = "RUNNING" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELED";

/** Of an action or a job. What was refused has failed, as far as clients of this API know. */
export function wireState(state: Action["state"] | JobState): WireState {
  return state === "REFUSED" ? "FAILED" : state;
}
