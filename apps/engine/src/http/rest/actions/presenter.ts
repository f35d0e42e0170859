import type { Action } from "@opendvp/contract";
import type { Action as ActionEntity } from "@opendvp/core";

const STATUSES: Readonly<Record<ActionEntity["state"], Action["status"]>> = {
  WAITING: "PENDING",
  RUNNING: "STARTED",
  COMPLETED: "COMPLETED",
  FAILED: "FAILED",
  CANCELED: "CANCELED",
  REFUSED: "REFUSED",
};

export function presentAction(action: ActionEntity, jobOf: ReadonlyMap<string, string>): Action {
  return {
    id: action.reference,
    title: action.title,
    operation: action.operation,
    user: action.user,
    target_id: action.target,
    status: STATUSES[action.state],
    error_code: action.errorCode,
    times: action.times,
    job_id: jobOf.get(action.reference) ?? null,
    start_time: action.startedAt,
    end_time: action.endedAt,
  };
}
