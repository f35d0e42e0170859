import type { Job, JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import { advance, BEGINNING } from "./advance.ts";
import type { JobParts } from "./job-parts.ts";
import { JournalLines } from "./journal-lines.ts";
import { stepLabel } from "./step-label.ts";

/** A job that runs, with its journal so far. */
export interface Begun {
  readonly job: Job;
  readonly lines: readonly JobStep[];
}

/** Journals the first step's intent, in the transaction that makes the job run. */
export async function beginJob(parts: JobParts, transaction: CatalogTransaction, job: Job): Promise<Begun> {
  const lines = new JournalLines(job, []);
  const first = await advance(parts, { plan: parts.registry.planFor(job), lines, job: job.reference, transaction }, BEGINNING);
  if (first === undefined) throw new Error(`Nothing is to be done in ${job.workflow}.`);
  const set = { step: stepLabel(first) };
  await transaction.updateJob(job.reference, set);
  return { job: { ...job, ...set }, lines: lines.all() };
}
