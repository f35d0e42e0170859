import { EngineError } from "@opendvp/model";
import type { Job } from "../entities/job.ts";

/** Why a cancelled job turns back. */
export function cancelReason(job: Job): EngineError {
  return new EngineError("CANCELED", `${job.title} was cancelled.`, {
    action: "Ask for the operation again if it is still wanted.",
    details: { job: job.reference },
  });
}

/** Why a cancelled job gives up what it was attempting; what it did before stays. */
export function attemptCancelReason(job: Job, attempt: string): EngineError {
  return new EngineError("CANCELED", `The ${attempt} of ${job.targetName} was cancelled.`, {
    action: "Ask for another one when it is wanted.",
    details: { job: job.reference },
  });
}
