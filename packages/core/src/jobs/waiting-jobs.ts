import type { Reference } from "@opendvp/model";
import type { Job, JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import { beginJob } from "./begin-job.ts";
import type { JobParts } from "./job-parts.ts";
import { conflictsOf } from "./locks.ts";

export interface Turn {
  readonly job: Job;
  readonly lines: readonly JobStep[];
}

/** Makes a waiting job run if its locks have come free and nobody waits for them longer. */
export async function takeTurn(
  parts: JobParts,
  transaction: CatalogTransaction,
  waiting: { readonly reference: Reference<"JOB">; readonly owner: string },
): Promise<Turn | undefined> {
  const { reference, owner } = waiting;
  const job = await transaction.journal.findJob(reference);
  if (job?.state !== "WAITING") return undefined;
  const locks = await transaction.journal.locks();
  const own = locks.filter((lock) => lock.job === reference);
  const ahead = locks.filter((lock) => lock.isHeld || isEarlier(lock.job, reference)).filter((lock) => lock.job !== reference);
  if (conflictsOf(own, ahead).length > 0) return undefined;
  const set = { state: "RUNNING", owner, startedAt: parts.now() } as const;
  await transaction.updateJob(reference, set);
  await transaction.apply([{ collection: "actions", update: job.action, set: { state: "RUNNING" } }]);
  for (const lock of own) await transaction.putLock({ ...lock, isHeld: true });
  const running = { ...job, ...set };
  return { job: running, lines: await beginJob(parts, transaction, running) };
}

function isEarlier(one: Reference<"JOB">, other: Reference<"JOB">): boolean {
  return Number(one.slice(4)) < Number(other.slice(4));
}
