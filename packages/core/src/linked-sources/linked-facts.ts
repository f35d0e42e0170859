import type { JsonObject, Reference } from "@opendvp/model";
import type { MountPlan } from "../datasets/mount-plan.ts";
import type { LinkedSource } from "../entities/dataset.ts";
import type { Mount } from "../entities/mount.ts";
import type { PreparationFacts } from "../snapshots/preparation-steps.ts";
import type { TakenSnapshot } from "../virtual-sources/virtual-facts.ts";

/** What the jobs of a dSource know. A member is there once the step that gives it is done. */
export type LinkedFacts = PreparationFacts & {
  readonly dataset: Reference<"APPDATA_CONTAINER">;
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  /** A link's input holds the dSource to be. */
  readonly draft: LinkedSource;
  readonly isStaged: boolean;
  readonly isActive: boolean;
  readonly mountPlan: MountPlan;
  /** Null: a policy runs the sync. */
  readonly syncParameters: JsonObject | null;
  /** Where snapshots are not atomic, the staging copy rests while it is copied. */
  readonly mustStop: boolean;
  readonly unmounted: readonly Mount[];
  readonly taken: TakenSnapshot;
  readonly snapshotData: JsonObject;
  readonly hasPreparation: boolean;
  readonly isForced: boolean;
  readonly isDisabled: boolean;
};
