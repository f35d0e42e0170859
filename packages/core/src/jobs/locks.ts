import type { Lock, LockMode } from "../entities/job.ts";

/** What a job holds while it runs: an object's reference, or a key such as `NAME:dataset:payroll`. */
export interface LockRequest {
  readonly object: string;
  readonly mode: LockMode;
}

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
