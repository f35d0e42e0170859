import type { Reference } from "@opendvp/model";
import type { Ask, Started } from "./asking.ts";
import type { DeletionPlan } from "./deletion-plan.ts";

export interface SnapshotUseCases {
  /** What deleting it would free, and what holds it back. Changes nothing. */
  plan(reference: Reference<"APPDATA_SNAPSHOT">): Promise<DeletionPlan>;
  /** @throws EngineError `IN_USE` with the plan in its details */
  delete(reference: Reference<"APPDATA_SNAPSHOT">, ask: Ask): Promise<Started>;
}
