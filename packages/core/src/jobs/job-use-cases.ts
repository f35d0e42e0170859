import { EngineError } from "@opendvp/model";
import type { Job } from "../entities/job.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { Tracer } from "../ports/tracer.ts";
import type { JobUseCases } from "../use-cases/job-use-cases.ts";
import { hasEnded, type JobWatchers } from "./job-watchers.ts";
import type { Jobs } from "./jobs.ts";

/** Watching and cancelling jobs. */
export function createJobUseCases(parts: {
  readonly catalog: Catalog;
  readonly jobs: Jobs;
  readonly watchers: JobWatchers;
  readonly tracer: Tracer;
}): JobUseCases {
  const { catalog, jobs, watchers, tracer } = parts;
  return {
    cancel: (reference, ask) => jobs.cancel(reference, ask.by),
    trace: (reference) => tracer.find(reference),
    ended: (reference, signal) =>
      new Promise<Job>((resolve, reject) => {
        const stop = watchers.whenEnded(reference, resolve);
        signal?.addEventListener("abort", () => {
          stop();
          reject(signal.reason as Error);
        });
        // It may have ended before anybody listened.
        void catalog.journal.findJob(reference).then((job) => {
          if (job !== undefined && !hasEnded(job)) return;
          stop();
          if (job === undefined) reject(new EngineError("NOT_FOUND", `There is no job ${reference}.`, { action: "List the jobs." }));
          else resolve(job);
        }, reject);
      }),
    watch: (listener) => watchers.watch(listener),
  };
}
