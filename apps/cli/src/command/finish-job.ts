import { type Client, jobError, waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import type { EngineError } from "@opendvp/model";
import { followJob } from "../output/follow-job.ts";
import type { JobOptions } from "./common-options.ts";
import type { Context } from "./context.ts";
import { tellOfInterrupt } from "./tell-of-interrupt.ts";

interface Started {
  readonly job: Job;
}

/**
 * Starts a job and waits for its end, showing how it goes; with `--no-wait` it only starts it. Prints the answer with the
 * job as it then is. @throws EngineError why the job failed
 */
export async function finishJob<T extends Started>(
  context: Context<JobOptions>,
  start: (client: Client, query: { readonly wait?: boolean }) => Promise<T>,
): Promise<void> {
  const client = await context.client();
  const { wait, noWait } = context.options;
  const started = await start(client, wait === true ? { wait } : {});
  if (noWait === true) {
    context.print(started, () => `${started.job.localized_type}: ${started.job.id}`);
    return;
  }
  const job = await seeToItsEnd(context, client, started.job);
  context.print({ ...started, job }, () => summary(job));
}

/** Follows a job to its end. @throws EngineError why it failed */
export async function seeToItsEnd(context: Context, client: Client, job: Job): Promise<Job> {
  const progress = followJob(context.terminal, { job, isQuiet: context.isQuiet });
  const settle = tellOfInterrupt(() => {
    progress.close();
    context.note(`${job.localized_type} goes on. Follow it with \`dvp job watch ${job.id}\`, end it with \`dvp job cancel ${job.id}\`.`);
  });
  let error: EngineError | undefined;
  try {
    const ended = await waitForJob(client, job.id, progress);
    error = jobError(ended);
    if (error === undefined) return ended;
    throw error;
  } finally {
    settle();
    progress.close(error);
  }
}

function summary(job: Job): string {
  const seconds = job.start_time === null || job.end_time === null ? 0 : (Date.parse(job.end_time) - Date.parse(job.start_time)) / 1000;
  const warnings = job.warning_count === 0 ? "" : `, ${job.warning_count} ${job.warning_count === 1 ? "warning" : "warnings"}`;
  return `${job.localized_type}: done in ${seconds.toFixed(1)} s${warnings} (${job.id})`;
}
