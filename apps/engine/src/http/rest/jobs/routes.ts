import { Job } from "@opendvp/contract";
import type { Job as JobEntity } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { allJobsStream } from "../events/all-jobs-stream.ts";
import { jobStream } from "../events/job-stream.ts";
import type { Handlers } from "../handler.ts";
import type { Listed } from "../listing/listed.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { findJob } from "../resolving/find-job.ts";
import type { RestContext } from "../rest-context.ts";
import { presentTrace } from "./trace-presenter.ts";
import { presentJob, presentJobEvent, presentJobStep } from "./presenter.ts";

export function jobHandlers(context: RestContext): Handlers<"jobs"> {
  const { engine } = context;
  const listed: Listed<JobEntity, Job> = {
    schema: Job,
    source: { list: (page) => engine.journal.listJobs(page), count: (where) => engine.journal.countJobs(where) },
    present: (jobs) => Promise.resolve(jobs.map(presentJob)),
    columns: { id: "reference", type: "workflow", target_name: "targetName", queue_time: "queuedAt" },
    // The newest first.
    defaultSort: "-id",
  };
  return {
    ...listingHandlers(() => listed),
    show: async ({ params }) => {
      const job = await findJob(engine, params.jobId);
      const [steps, events] = [await engine.journal.steps(job.reference), await engine.journal.events(job.reference)];
      return { ...presentJob(job), steps: steps.map(presentJobStep), events: events.map(presentJobEvent) };
    },
    trace: async ({ params }) => {
      const { reference } = await findJob(engine, params.jobId);
      const trace = engine.jobs.trace(reference);
      if (trace === undefined) throw noTrace(reference);
      return presentTrace(trace);
    },
    cancel: async ({ params }, { ask }) => {
      const { reference } = await findJob(engine, params.jobId);
      await engine.jobs.cancel(reference, ask);
      return presentJob(await findJob(engine, reference));
    },
    abandon: async ({ params }, { ask }) => {
      await engine.jobs.cancel((await findJob(engine, params.jobId)).reference, ask);
      return undefined;
    },
    events: async ({ params }, { signal, lastEventId }) => {
      const { reference } = await findJob(engine, params.jobId);
      const after = /^\d{1,15}$/.test(lastEventId ?? "") ? Number(lastEventId) : 0;
      return jobStream(context, reference, { after, signal });
    },
  };
}

function noTrace(reference: string): EngineError {
  return new EngineError("NOT_FOUND", `No trace of ${reference} is kept.`, {
    action: "Traces are kept for the last 200 jobs since the engine's start: ask again after a new job.",
  });
}

export function eventHandlers(context: RestContext): Handlers<"events"> {
  return { watch: (_request, { signal }) => Promise.resolve(allJobsStream(context, signal)) };
}
