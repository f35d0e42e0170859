import type { Reference } from "@opendvp/model";
import type { SentChange } from "../handler.ts";
import { presentJob, presentJobEvent } from "../jobs/presenter.ts";
import type { RestContext } from "../rest-context.ts";
import { WakeUp } from "./wake-up.ts";

/** Per job: the last line told. */
type Told = Map<Reference<"JOB">, number>;

/**
 * What all jobs tell from now on, beginning with the state of the open ones. Cannot be resumed: whoever was cut off
 * lists the jobs again. As with one job's stream, changes only name the jobs to look at.
 */
export async function* allJobsStream(context: RestContext, signal: AbortSignal): AsyncGenerator<SentChange | "heartbeat"> {
  const wakeUp = new WakeUp();
  const wake = (): void => {
    wakeUp.call();
  };
  const changed = new Set<Reference<"JOB">>();
  const told: Told = new Map();
  const stopWatching = context.engine.jobs.watch((change) => {
    // The first line that is seen of a job marks where its story is taken up.
    if (change.event !== undefined && !told.has(change.job.reference)) told.set(change.job.reference, change.event.serial - 1);
    changed.add(change.job.reference);
    wakeUp.callSoon();
  });
  signal.addEventListener("abort", wake);
  try {
    for (const job of await context.engine.journal.openJobs(["WAITING", "RUNNING"])) yield { event: "job", data: presentJob(job) };
    while (!signal.aborted) {
      const jobs = [...changed];
      changed.clear();
      for (const job of jobs) yield* newsOf(context, job, told);
      if (!(await wakeUp.wait(context.heartbeatMs))) yield "heartbeat";
    }
  } finally {
    stopWatching();
    wakeUp.close();
    signal.removeEventListener("abort", wake);
  }
}

async function* newsOf(context: RestContext, reference: Reference<"JOB">, told: Told): AsyncGenerator<SentChange> {
  const job = await context.engine.journal.findJob(reference);
  const after = told.get(reference);
  if (after !== undefined) {
    for (const event of await context.engine.journal.events(reference, after)) {
      told.set(reference, event.serial);
      yield { event: "event", data: presentJobEvent(event) };
    }
  }
  if (job === undefined) return;
  yield { event: "job", data: presentJob(job) };
  if (job.endedAt !== null) told.delete(reference);
}
