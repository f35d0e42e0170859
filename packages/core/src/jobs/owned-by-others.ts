import type { Job } from "../entities/job.ts";
import type { JobJournal } from "../ports/catalog.ts";

/** Which jobs are the affair of another engine process: those of the processes in the catalog. One that is gone is taken out by the next start. */
export async function ownedByOthers(journal: JobJournal, owner: string): Promise<(job: Pick<Job, "owner">) => boolean> {
  const others = new Set((await journal.engineProcesses()).map(({ id }) => id).filter((id) => id !== owner));
  return (job) => job.owner !== null && others.has(job.owner);
}
