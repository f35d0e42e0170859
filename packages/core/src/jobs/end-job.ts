import type { EngineError, Reference } from "@opendvp/model";
import { changeWithMember } from "../actions/action-groups.ts";
import type { Job, LockRequest } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { JobParts } from "./job-parts.ts";
import type { Plan } from "./plan.ts";
import type { Facts } from "./workflow.ts";

export interface Ending {
  readonly job: Job;
  readonly plan: Plan;
  readonly facts: Facts;
  readonly state: "COMPLETED" | "FAILED" | "CANCELED";
  readonly error?: EngineError;
  readonly isUnfinished?: boolean;
}

/** Ends a job within a transaction: its state, its action, its locks, and the jobs that follow it. */
export async function endJob(parts: JobParts, transaction: CatalogTransaction, ending: Ending): Promise<Job> {
  const { job, state, isUnfinished = false } = ending;
  const endedAt = parts.now();
  const set = {
    state,
    endedAt,
    owner: null,
    step: null,
    request: null,
    isUnfinished,
    locksToFinish: isUnfinished ? await heldBy(transaction, job.reference) : [],
    ...(ending.error === undefined ? {} : { error: ending.error.toShape() }),
    ...(state === "COMPLETED" ? { percentComplete: 100, error: null } : {}),
  };
  await transaction.updateJob(job.reference, set);
  await transaction.apply([
    {
      collection: "actions",
      update: job.action,
      set: { state, endedAt, errorCode: state === "FAILED" ? (ending.error?.code ?? job.error?.code ?? null) : null },
    },
  ]);
  await changeWithMember(transaction, job.action, endedAt);
  await transaction.releaseLocks(job.reference);
  const followUps = state === "COMPLETED" ? ending.plan.workflow.next?.(ending.facts) : undefined;
  for (const next of followUps ?? []) await parts.follow(transaction, job, next);
  return { ...job, ...set };
}

async function heldBy(transaction: CatalogTransaction, job: Reference<"JOB">): Promise<readonly LockRequest[]> {
  const held = (await transaction.journal.locks()).filter((lock) => lock.job === job);
  return held.map(({ object, mode }) => ({ object, mode }));
}
