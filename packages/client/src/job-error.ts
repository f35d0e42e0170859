import type { Job } from "@opendvp/contract";
import { EngineError, isErrorCode } from "@opendvp/model";

/** Why a job ended without success, as an error; undefined for one that succeeded or is not over. */
export function jobError(job: Job): EngineError | undefined {
  if (job.status !== "FAILED" && job.status !== "CANCELED") return undefined;
  const details = { job: job.id };
  if (job.error === null) {
    return job.status === "CANCELED"
      ? new EngineError("CANCELED", `${job.localized_type} was canceled.`, { details })
      : new EngineError("INTERNAL", `${job.localized_type} failed.`, {
          action: `Look at the job with \`dvp job show ${job.id}\`.`,
          details,
        });
  }
  const code = isErrorCode(job.error.code) ? job.error.code : "INTERNAL";
  return new EngineError(code, job.error.message, { action: job.error.action, details: { ...job.error.details, ...details } });
}
