import type { Reference } from "@opendvp/model";
import type { Job } from "../entities/job.ts";
import type { JobJournal } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobWatchers } from "./job-watchers.ts";

/** Between two tellings of the same job's progress. */
const TELL_EVERY_MS = 250;

interface Reached {
  readonly percent: number;
  readonly toldAtMs: number;
}

/**
 * How far the jobs that run are within their steps. Kept in memory: it changes far too often for transactions. A run writes
 * it down with whatever it commits next, so that no percentage that was shown is taken back.
 */
export class JobProgress {
  readonly #clock: Clock;
  readonly #watchers: JobWatchers;
  readonly #reached = new Map<Reference<"JOB">, Reached>();

  constructor(clock: Clock, watchers: JobWatchers) {
    this.#clock = clock;
    this.#watchers = watchers;
  }

  /** A job has come so far; less than before counts for nothing. Whoever watches is told a few times a second at most. */
  reach(job: Job, percent: number): void {
    const whole = Math.min(99, Math.floor(percent));
    if (whole <= this.shown(job).percentComplete) return;
    const atMs = this.#clock.monotonicMs();
    const toldAtMs = this.#reached.get(job.reference)?.toldAtMs ?? -Infinity;
    const isTold = atMs - toldAtMs >= TELL_EVERY_MS;
    this.#reached.set(job.reference, { percent: whole, toldAtMs: isTold ? atMs : toldAtMs });
    if (isTold) this.#watchers.tell({ job: this.shown(job) });
  }

  /** The job with the progress that people see. */
  shown(job: Job): Job {
    const percent = this.#reached.get(job.reference)?.percent ?? 0;
    return percent > job.percentComplete ? { ...job, percentComplete: percent } : job;
  }

  forget(job: Reference<"JOB">): void {
    this.#reached.delete(job);
  }

  /** The journal with the progress that people see. */
  shownIn(journal: JobJournal): JobJournal {
    return {
      findJob: async (reference) => {
        const job = await journal.findJob(reference);
        return job === undefined ? undefined : this.shown(job);
      },
      listJobs: async (page) => (await journal.listJobs(page)).map((job) => this.shown(job)),
      openJobs: async (states) => (await journal.openJobs(states)).map((job) => this.shown(job)),
      countJobs: (where) => journal.countJobs(where),
      steps: (job) => journal.steps(job),
      events: (job, after) => journal.events(job, after),
      locks: () => journal.locks(),
      engineProcesses: () => journal.engineProcesses(),
    };
  }
}
