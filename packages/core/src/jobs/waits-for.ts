import type { Reference } from "@opendvp/model";
import type { JobEvent, Lock } from "../entities/job.ts";
import type { JobJournal } from "../ports/catalog.ts";

/** Whoever follows the last of them needs no more. */
const MOST_NAMED = 5;

/** What the story of a job that waits begins with: the jobs before it, the earliest first. */
export async function waitsFor(
  journal: Pick<JobJournal, "findJob">,
  holders: readonly Lock[],
): Promise<Pick<JobEvent, "level" | "code" | "message" | "action">> {
  const jobs = [...new Set(holders.map(({ job }) => job))].sort((one, other) => number(one) - number(other));
  const named: string[] = [];
  for (const job of jobs.slice(0, MOST_NAMED)) named.push(`${job} (${(await journal.findJob(job))?.title ?? "a job"})`);
  const others = jobs.length - named.length;
  const list = [...named, ...(others > 0 ? [`${String(others)} more`] : [])].join(", ");
  return { level: "INFO", code: "WAITS", message: `Waits for ${list}.`, action: "" };
}

function number(job: Reference<"JOB">): number {
  return Number(job.slice("JOB-".length));
}
