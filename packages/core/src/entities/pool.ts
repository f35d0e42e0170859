import type { Reference } from "@opendvp/model";

/** A place for datasets: one storage driver at one location. */
export interface Pool {
  readonly reference: Reference<"STORAGE_POOL">;
  readonly name: string;
  /** The driver's name, e.g. `btrfs`. */
  readonly driver: string;
  /** What its driver was opened with: a directory, for zfs the name of a dataset. */
  readonly location: string;
  readonly createdAt: string;
}
