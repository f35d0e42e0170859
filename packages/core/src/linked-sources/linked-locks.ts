import type { LinkedSource } from "../entities/dataset.ts";
import { exclusive, shared, type LockRequest } from "../jobs/locks.ts";

/** What every job of a dSource holds: itself, and its surroundings against their deletion. */
export function linkedLocks(dataset: LinkedSource): readonly LockRequest[] {
  return [
    exclusive(dataset.reference),
    shared(dataset.environment),
    shared(dataset.repository),
    shared(dataset.plugin),
    shared(dataset.sourceConfig),
  ];
}
