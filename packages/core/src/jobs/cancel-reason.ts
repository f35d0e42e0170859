import { EngineError } from "@opendvp/model";
import type { Job } from "../entities/job.ts";

/** Why a cancelled job turns back. */
export function cancelReason(job: Job): EngineError {
  return new EngineError("CANCELED", `${job.title} was cancelled.`, {
    action: "Ask for the operation again if it is still wanted.",
    details: { job: job.reference },
  });
}
