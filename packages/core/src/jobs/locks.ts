import type { Reference } from "@opendvp/model";
import type { Lock, LockRequest } from "../entities/job.ts";

export type { LockRequest } from "../entities/job.ts";

export function exclusive(object: string): LockRequest {
  return { object, mode: "EXCLUSIVE" };
}

export function shared(object: string): LockRequest {
  return { object, mode: "SHARED" };
}

/** One request per object; the stronger mode wins. */
export function mergeLocks(requests: readonly LockRequest[]): readonly LockRequest[] {
  const merged = new Map<string, LockRequest>();
  for (const request of requests) {
    if (merged.get(request.object)?.mode !== "EXCLUSIVE") merged.set(request.object, request);
  }
  return [...merged.values()];
}

/** The locks, held or waited for earlier, that stand in the way. */
export function conflictsOf(requests: readonly LockRequest[], existing: readonly Lock[]): readonly Lock[] {
  const byObject = new Map(requests.map((request) => [request.object, request.mode]));
  return existing.filter((lock) => {
    const wanted = byObject.get(lock.object);
    return wanted !== undefined && (wanted === "EXCLUSIVE" || lock.mode === "EXCLUSIVE");
  });
}

/** The locks of others that a job has to respect when it takes its own later than it was asked for: the held ones, and those that wait longer. */
export function aheadOf(job: Reference<"JOB">, existing: readonly Lock[]): readonly Lock[] {
  return existing.filter((lock) => lock.job !== job && (lock.isHeld || isEarlier(lock.job, job)));
}

function isEarlier(one: Reference<"JOB">, other: Reference<"JOB">): boolean {
  return Number(one.slice(4)) < Number(other.slice(4));
}
