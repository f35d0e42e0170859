import type { JsonObject, Reference } from "@opendvp/model";
import type { LockRequest } from "./locks.ts";
import type { Choose, Facts, Workflow } from "./workflow.ts";

/** What a job is created with. */
export interface JobDraft<F extends Facts> {
  readonly target: Reference;
  /** Where the asker knows less than the draft finds out. */
  readonly targetName?: string;
  readonly input: Partial<F>;
  readonly locks: readonly LockRequest[];
}

export interface JobRequest<F extends Facts> {
  readonly workflow: Workflow<F>;
  readonly title: string;
  /** What the user asked, e.g. `vdb.refresh`. */
  readonly operation: string;
  readonly targetName: string;
  /** Workflows that it waits for instead of being refused. */
  readonly queuesBehind?: readonly string[];
  /**
   * Called in the transaction that creates the job, and for one that had to wait again in the one that makes it run:
   * checks the state as it is then, and chooses references. Of a creation, the first one of the target's kind is the
   * target's: it stays the same.
   */
  readonly draft: (choose: Choose) => Promise<JobDraft<F>>;
}

/** How a follow-up job is made from what the ended one passed on. */
export type FollowUpRequest = (input: JsonObject) => Promise<JobRequest<Facts>>;
