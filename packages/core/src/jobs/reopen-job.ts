import type { Reference } from "@opendvp/model";
import { changeWithMember } from "../actions/action-groups.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { Begun } from "./begin-job.ts";
import { JournalLines } from "./journal-lines.ts";
import { aheadOf, conflictsOf } from "./locks.ts";
import { stepLabel } from "./step-label.ts";

/** Makes an unfinished job run again with all the locks that it had; undefined where it is none, or one of them is not free. */
export async function reopenJob(transaction: CatalogTransaction, reference: Reference<"JOB">, owner: string): Promise<Begun | undefined> {
  const { journal } = transaction;
  const job = await journal.findJob(reference);
  if (job?.isUnfinished !== true) return undefined;
  if (conflictsOf(job.locksToFinish, aheadOf(reference, await journal.locks())).length > 0) return undefined;
  for (const lock of job.locksToFinish) await transaction.putLock({ ...lock, job: reference, isHeld: true });
  const lines = await journal.steps(reference);
  const line = new JournalLines(job, lines).current();
  const step = line === undefined ? null : stepLabel(line);
  const set = { state: "RUNNING", isUnfinished: false, locksToFinish: [], owner, endedAt: null, step } as const;
  await transaction.updateJob(reference, set);
  await transaction.apply([{ collection: "actions", update: job.action, set: { state: "RUNNING", endedAt: null, errorCode: null } }]);
  await changeWithMember(transaction, job.action, null);
  return { job: { ...job, ...set }, lines };
}
