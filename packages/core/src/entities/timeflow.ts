import type { JsonObject, Reference } from "@opendvp/model";

export type TimeflowOrigin = "LINK" | "PROVISION" | "EMPTY" | "REFRESH" | "ROLLBACK";

/** One unbroken history of a container; refresh and rollback start a new one. */
export interface Timeflow {
  readonly reference: Reference<"APPDATA_TIMEFLOW">;
  readonly container: Reference<"APPDATA_CONTAINER">;
  readonly name: string;
  readonly origin: TimeflowOrigin;
  /** The snapshot it started from; null where there was none, or once that snapshot is deleted. */
  readonly parentSnapshot: Reference<"APPDATA_SNAPSHOT"> | null;
  /** A copy of that snapshot's data, kept after the snapshot is gone: what reconfigure gets. Null: none, an empty definition is given. */
  readonly parentSnapshotData: JsonObject | null;
  /** The storage name of the head dataset; null once a former timeflow has given it up. */
  readonly storageName: string | null;
  /** VDBs: what configure, reconfigure or initialize last returned; passwords sealed. */
  readonly sourceConfig: JsonObject | null;
  readonly createdAt: string;
}
