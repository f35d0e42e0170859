import type { Job } from "@opendvp/contract";
import type { Reference } from "@opendvp/model";
import type { SentChange } from "../handler.ts";
import { presentJob, presentJobEvent } from "../jobs/presenter.ts";
import { findJob } from "../resolving/find-job.ts";
import type { RestContext } from "../rest-context.ts";
import { WakeUp } from "./wake-up.ts";

/**
 * The story of one job: what it told after the given serial number, then what it tells, each line once and in order,
 * and its state when that has changed. Ends when the job has.
 *
 * A change only wakes the stream, which then reads the journal: a slow reader costs no memory, and misses no line.
 */
export async function* jobStream(
  context: RestContext,
  job: Reference<"JOB">,
  options: { readonly after: number; readonly signal: AbortSignal },
): AsyncGenerator<SentChange | "heartbeat"> {
  const wakeUp = new WakeUp();
  const wake = (): void => {
    wakeUp.call();
  };
  const stopWatching = context.engine.jobs.watch((change) => {
    if (change.job.reference !== job) return;
    if (change.job.endedAt === null) wakeUp.callSoon();
    else wake();
  });
  options.signal.addEventListener("abort", wake);
  try {
    let serial = options.after;
    let shown = "";
    while (!options.signal.aborted) {
      // The state first: an end that it shows comes after every line of the story.
      const now = presentJob(await findJob(context.engine, job));
      for (const event of await context.engine.journal.events(job, serial)) {
        serial = event.serial;
        yield { event: "event", data: presentJobEvent(event), id: String(serial) };
      }
      if (JSON.stringify(now) !== shown) yield { event: "job", data: now, id: String(serial) };
      shown = JSON.stringify(now);
      if (isOver(now)) {
        yield { event: "end", data: {}, id: String(serial) };
        return;
      }
      if (!(await wakeUp.wait(context.heartbeatMs))) yield "heartbeat";
    }
  } finally {
    stopWatching();
    wakeUp.close();
    options.signal.removeEventListener("abort", wake);
  }
}

function isOver(job: Job): boolean {
  return job.status !== "PENDING" && job.status !== "STARTED";
}
