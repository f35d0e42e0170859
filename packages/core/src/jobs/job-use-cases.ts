import { EngineError } from "@opendvp/model";
import type { Job } from "../entities/job.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { JobUseCases } from "../use-cases/engine.ts";
import { hasEnded, type JobWatchers } from "./job-watchers.ts";
import type { Jobs } from "./jobs.ts";

/** Watching and cancelling jobs. */
export function createJobUseCases(parts: { readonly catalog: Catalog; readonly jobs: Jobs; readonly watchers: JobWatchers }): JobUseCases {
  const { catalog, jobs, watchers } = parts;
  return {
    cancel: (reference, ask) => jobs.cancel(reference, ask.by),
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
