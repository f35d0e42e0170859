import type { Reference } from "@opendvp/model";

/** A dataset, or a part of it, that the engine has put at a path of a host. */
export interface Mount {
  readonly reference: Reference<"MOUNT">;
  readonly container: Reference<"APPDATA_CONTAINER">;
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly storageName: string;
  readonly mountPath: string;
  /** Sub-directory of the dataset; empty = the whole dataset. */
  readonly sharedPath: string;
  /** Directories that the engine made for the mount point, outermost first; unmounting removes them and no others. */
  readonly createdDirectories: readonly string[];
  readonly createdAt: string;
}
