import type { VirtualSource } from "../entities/dataset.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import { exclusive, shared, type LockRequest } from "../jobs/locks.ts";

/** What every job of a VDB holds: itself, and its surroundings against their deletion. */
export function vdbLocks(dataset: VirtualSource): readonly LockRequest[] {
  return [exclusive(dataset.reference), shared(dataset.environment), shared(dataset.repository), shared(dataset.plugin)];
}

/** Shared by copies; exclusive for the one that must prepare the snapshot first. */
export function snapshotLock(snapshot: Snapshot): LockRequest {
  const mustPrepare = snapshot.preparation === "PENDING" || snapshot.preparation === "FAILED";
  return mustPrepare ? exclusive(snapshot.reference) : shared(snapshot.reference);
}

/** The workflow that copies queue behind instead of being refused. */
export const PREPARATION = ["prepare-snapshot"];
