import type { Reference } from "@opendvp/model";

/** A VDB that keeps something from being deleted. */
export interface Dependent {
  readonly reference: Reference<"APPDATA_CONTAINER">;
  readonly name: string;
  /** In words: `is a copy of monday and keeps a former copy of sunday (APPDATA_TIMEFLOW-2)`. */
  readonly relation: string;
  /** Those of its former timeflows that are in the way; they can be deleted by themselves. */
  readonly formerTimeflows: readonly Reference<"APPDATA_TIMEFLOW">[];
  /** Whether more than those is. */
  readonly isCurrent: boolean;
}

/** What a snapshot, or a dataset, is deleted with, and what holds it back. */
export interface DeletionPlan {
  /** What depends on it; with any, the deletion is refused with `IN_USE`. */
  readonly dependents: readonly Dependent[];
  readonly freedBytes: number;
  /** False: at least so many. */
  readonly isExact: boolean;
}
