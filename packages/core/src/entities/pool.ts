import type { Reference } from "@opendvp/model";

/** A place for datasets: one storage driver at one location. */
export interface Pool {
  readonly reference: Reference<"STORAGE_POOL">;
  readonly name: string;
  /** The driver's name, e.g. `btrfs`. */
  readonly driver: string;
  /** The pool's directory. */
  readonly location: string;
  readonly createdAt: string;
}
