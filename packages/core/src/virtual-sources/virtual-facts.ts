import type { JsonObject, Reference } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";
import type { MountPlan } from "../datasets/mount-plan.ts";

/** A snapshot that a job has taken. */
export type TakenSnapshot = {
  readonly reference: Reference<"APPDATA_SNAPSHOT">;
  readonly guid: string;
  readonly name: string;
  readonly storageName: string;
  readonly takenAt: string;
};

/** What the jobs of a VDB know. A member is there once the step that gives it is done. */
export type VirtualFacts = {
  readonly dataset: Reference<"APPDATA_CONTAINER">;
  /** The timeflow whose head is being worked on: the new one, once a job has made one. */
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  /** The timeflow that was current when the job began. */
  readonly former: Reference<"APPDATA_TIMEFLOW">;
  /** The one kept for undo when the job began. */
  readonly older: Reference<"APPDATA_TIMEFLOW"> | null;
  /** What the job copies from. */
  readonly from: Reference<"APPDATA_SNAPSHOT">;
  readonly mountPlan: MountPlan;
  /** Where snapshots are not atomic: the dataset is stopped and unmounted while the copy is made. */
  readonly mustStop: boolean;
  /** The snapshot that the job is about, or ends with. */
  readonly taken: TakenSnapshot;
  /** The snapshot of the head that the job leaves. */
  readonly takenHead: TakenSnapshot;
  /** Given by a user; else the time is its name. */
  readonly snapshotName?: string;
  /** Whether the plugin was asked, and said that the data is at rest, for the head snapshot. */
  readonly isHeadQuiet: boolean;
  /** Whether the VDB ran when its head was to be snapshotted, or nobody could tell. */
  readonly isHeadActive: boolean;
  readonly isActive: boolean;
  /** Errors of the plugin and of hooks are only noted. */
  readonly isForced: boolean;
  readonly hasExtendedHooks: boolean;
  /** A VDB that is disabled already has nothing to unconfigure. */
  readonly isDisabled: boolean;
  readonly isPreparationDue: boolean;
  readonly isHeadPreparationDue: boolean;
  /** Mounts taken away while a copy was made. */
  readonly unmounted: readonly Mount[];
  /** What the former timeflow was configured with. */
  readonly formerSourceConfig: JsonObject;
};
