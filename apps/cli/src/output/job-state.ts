import type { Job } from "@opendvp/contract";
import { columnsOf, fitColumns } from "./fit-columns.ts";
import { printable } from "./printable.ts";

/** What a title keeps when a step's name is long. */
const LEAST_TITLE_COLUMNS = 12;

/** What a job is at, in one line that fits: `Provision mycopy: configure 60 %`. Its names give way, its progress stays. */
export function jobState(job: Job, columns: number): string {
  const percent = job.status === "PENDING" ? "" : ` ${job.percent_complete} %`;
  const left = columns - columnsOf(percent);
  const activity = activityOf(job);
  const tail = activity === "" ? "" : `: ${activity}`;
  const title = fitColumns(printable(job.localized_type), Math.max(LEAST_TITLE_COLUMNS, left - columnsOf(tail)));
  return fitColumns(title + tail, left) + percent;
}

function activityOf(job: Job): string {
  if (job.status === "PENDING") return "waits for its turn";
  const step = printable(job.step ?? "");
  return job.is_undoing ? `undoing ${step}`.trimEnd() : step;
}
