import type { Reference } from "@opendvp/model";
import type { Job, JobEvent } from "../entities/job.ts";
import type { JobTrace } from "../ports/tracer.ts";
import type { Ask } from "./asking.ts";

export interface JobUseCases {
  /**
   * Before the point of no return everything is undone. Within an attempt after it, such as the first sync of a link, that
   * alone is undone, and the job ends as done with a warning. Otherwise `CANCEL_TOO_LATE`.
   */
  cancel(reference: Reference<"JOB">, ask: Ask): Promise<Reference<"ACTION">>;
  /** Where its time went; undefined where that is not kept, see Tracer. */
  trace(reference: Reference<"JOB">): JobTrace | undefined;
  /** Resolves when the job has ended. */
  ended(reference: Reference<"JOB">, signal?: AbortSignal): Promise<Job>;
  /** Calls back on each event and on each change of a job's state or progress, from now on. Returns how to stop. */
  watch(listener: (change: { readonly job: Job; readonly event?: JobEvent }) => void): () => void;
}
