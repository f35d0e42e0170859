import type { Job, JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import { advance, BEGINNING } from "./advance.ts";
import type { JobParts } from "./job-parts.ts";
import { JournalLines } from "./journal-lines.ts";

/** Journals the first step's intent, in the transaction that makes the job run. */
export async function beginJob(parts: JobParts, transaction: CatalogTransaction, job: Job): Promise<readonly JobStep[]> {
  const lines = new JournalLines(job, []);
  const first = await advance(parts, { plan: parts.registry.planFor(job), lines, job: job.reference, transaction }, BEGINNING);
  if (first === undefined) throw new Error(`Nothing is to be done in ${job.workflow}.`);
  return lines.all();
}
