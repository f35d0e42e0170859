import { EngineError, type Reference } from "@opendvp/model";
import { changeWithMember } from "../actions/action-groups.ts";
import type { Job, JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import { hasEnded } from "./job-watchers.ts";
import type { JobParts } from "./job-parts.ts";
import { JournalLines } from "./journal-lines.ts";
import { mayBeCancelled } from "./plan.ts";

/**
 * Writes down that a job is to be cancelled; one that waits is ended at once, and returned.
 * @throws EngineError `CANCEL_TOO_LATE`, `NOT_FOUND`
 */
export async function cancelJob(parts: JobParts, transaction: CatalogTransaction, reference: Reference<"JOB">): Promise<Job | undefined> {
  const job = await transaction.journal.findJob(reference);
  if (job === undefined) throw new EngineError("NOT_FOUND", `There is no job ${reference}.`, { action: "List the jobs." });
  if (hasEnded(job)) throw alreadyEnded(job);
  if (job.state === "WAITING") return cancelWaiting(parts, transaction, job);
  if (job.direction === "UNDO") return undefined;
  const latest = new JournalLines(job, await transaction.journal.steps(reference)).latest();
  if (latest !== undefined && !isCancellable(parts, job, latest)) throw pastReturn(job);
  await transaction.updateJob(reference, { isCancelRequested: true });
  return undefined;
}

// An attempt that is being given up already can only be waited for.
function isCancellable(parts: JobParts, job: Job, latest: JobStep): boolean {
  const planned = parts.registry.planFor(job).steps[latest.position];
  return planned === undefined || !planned.isPastReturn || (mayBeCancelled(planned) && latest.state === "INTENDED");
}

async function cancelWaiting(parts: JobParts, transaction: CatalogTransaction, job: Job): Promise<Job> {
  const set = { state: "CANCELED", endedAt: parts.now(), isCancelRequested: true, request: null, owner: null } as const;
  await transaction.updateJob(job.reference, set);
  await transaction.apply([{ collection: "actions", update: job.action, set: { state: "CANCELED", endedAt: set.endedAt } }]);
  await changeWithMember(transaction, job.action, set.endedAt);
  await transaction.releaseLocks(job.reference);
  return { ...job, ...set };
}

function pastReturn(job: Job): EngineError {
  return tooLate(
    job,
    "is past its point of no return and cannot be cancelled",
    "Wait for it to end; what it did can then be undone or deleted.",
  );
}

function alreadyEnded(job: Job): EngineError {
  const look = `See what it did with \`dvp job show ${job.reference}\``;
  const action = job.state === "COMPLETED" ? `${look}; that can be undone or deleted.` : `${look}.`;
  return tooLate(job, `has ended already: ${job.state.toLowerCase()}`, action);
}

function tooLate({ reference, title }: Job, why: string, action: string): EngineError {
  return new EngineError("CANCEL_TOO_LATE", `${reference} (${title}) ${why}.`, { action, details: { job: reference } });
}
