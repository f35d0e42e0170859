import type { Reference } from "@opendvp/model";
import type { Ask, Started } from "./asking.ts";
import type { DeletionPlan } from "./deletion-plan.ts";

export interface TimeflowUseCases {
  /** What deleting it would free, and what holds it back. Changes nothing. @throws EngineError `STATE_UNSUITABLE` for the current timeflow */
  plan(reference: Reference<"APPDATA_TIMEFLOW">): Promise<DeletionPlan>;
  /** A former timeflow with its snapshots; never the current one. */
  delete(reference: Reference<"APPDATA_TIMEFLOW">, ask: Ask): Promise<Started>;
}
