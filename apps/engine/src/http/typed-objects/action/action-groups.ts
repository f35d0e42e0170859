import type { JobJournal, JobState } from "@opendvp/core";
import type { Reference } from "@opendvp/model";

const MOST = 1_000;

/**
 * Actions that have started several jobs at once. Each job has an action of its own; the one that has started them all goes on until
 * the last of them has ended. Known until the engine's next start, after which such an action counts as done: all was asked for.
 */
export class ActionGroups {
  readonly #jobs = new Map<Reference<"ACTION">, readonly Reference<"JOB">[]>();

  add(action: Reference<"ACTION">, jobs: readonly Reference<"JOB">[]): void {
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size >= MOST && oldest !== undefined) this.#jobs.delete(oldest);
    this.#jobs.set(action, jobs);
  }

  /** How the jobs of an action are, taken together; undefined for one that has started none or a single one. */
  async stateOf(action: Reference<"ACTION">, journal: JobJournal): Promise<JobState | undefined> {
    const jobs = this.#jobs.get(action);
    if (jobs === undefined) return undefined;
    const states = (await Promise.all(jobs.map((job) => journal.findJob(job)))).map((job) => job?.state ?? "COMPLETED");
    const worst: readonly JobState[] = ["RUNNING", "WAITING", "FAILED", "CANCELED"];
    return worst.find((state) => states.includes(state)) ?? "COMPLETED";
  }
}
