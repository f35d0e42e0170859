import type { Reference } from "@opendvp/model";
import type { Job, JobEvent } from "../entities/job.ts";

export interface JobChange {
  readonly job: Job;
  readonly event?: JobEvent;
}

/** Tells whoever watches what was committed about jobs. A listener that throws hurts nobody else. */
export class JobWatchers {
  readonly #listeners = new Set<(change: JobChange) => void>();
  readonly #waiting = new Map<Reference<"JOB">, ((job: Job) => void)[]>();

  watch(listener: (change: JobChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back once, when the job has ended. */
  whenEnded(job: Reference<"JOB">, callback: (job: Job) => void): () => void {
    const list = this.#waiting.get(job) ?? [];
    list.push(callback);
    this.#waiting.set(job, list);
    return () => {
      const rest = (this.#waiting.get(job) ?? []).filter((other) => other !== callback);
      if (rest.length === 0) this.#waiting.delete(job);
      else this.#waiting.set(job, rest);
    };
  }

  tell(change: JobChange): void {
    for (const listener of this.#listeners) quietly(() => listener(change));
    if (!hasEnded(change.job)) return;
    const callbacks = this.#waiting.get(change.job.reference) ?? [];
    this.#waiting.delete(change.job.reference);
    for (const callback of callbacks) quietly(() => callback(change.job));
  }
}

export function hasEnded(job: Job): boolean {
  return job.state === "COMPLETED" || job.state === "FAILED" || job.state === "CANCELED";
}

function quietly(call: () => void): void {
  try {
    call();
  } catch {
    // A watcher's own trouble must not reach the job.
  }
}
