import { EngineError } from "@opendvp/model";
import type { Job, Lock } from "../entities/job.ts";

/** What a request is refused with while another job holds an object that it wants. */
export function conflictError(title: string, holder: Lock, job: Job | undefined): EngineError {
  const what = holder.object.startsWith("NAME:") ? "the name" : holder.object;
  return new EngineError("CONFLICT", `${title} has to wait: ${what} is held by ${holder.job} (${job?.title ?? "a job"}).`, {
    action: "Wait for that job, or ask again with --wait to queue behind it.",
    details: { job: holder.job, object: holder.object },
  });
}
