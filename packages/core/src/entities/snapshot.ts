import type { JsonObject, Reference } from "@opendvp/model";

/**
 * Whether the snapshot was prepared for copies: NOT_NEEDED (the plugin has no prepare_snapshot), PENDING (its job is
 * to come), DONE, or FAILED (a copy first prepares it again; the raw snapshot is never handed out instead).
 */
export type Preparation = "NOT_NEEDED" | "PENDING" | "DONE" | "FAILED";

export interface Snapshot {
  readonly reference: Reference<"APPDATA_SNAPSHOT">;
  readonly guid: string;
  readonly name: string;
  readonly container: Reference<"APPDATA_CONTAINER">;
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  /** The storage name of the raw snapshot. */
  readonly storageName: string;
  /** Prepared snapshots: storage names of the clone that was prepared and of its snapshot, which copies are made from. */
  readonly preparedDatasetName: string | null;
  readonly preparedStorageName: string | null;
  readonly preparation: Preparation;
  /** A SnapshotDefinition; passwords sealed. Null: storage alone took it, so it is not offered for provision or rewind. */
  readonly data: JsonObject | null;
  /** What its mounts shared of the dataset when it was taken, as `sharedPath` of a mount. Null: not known, or not mounted then. */
  readonly sharedPaths: readonly string[] | null;
  readonly takenAt: string;
}
