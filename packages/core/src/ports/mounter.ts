import type { HostConnection } from "./host-connection.ts";

export interface MountRequest {
  /** The dataset's directory on the engine's host. */
  readonly datasetPath: string;
  /** Sub-directory of the dataset, relative, normalised; empty = the whole. It must exist and must not lead out of the dataset. */
  readonly sharedPath: string;
  readonly mountPath: string;
  /** Directories to make for the mount point, outermost first, the mount point last where it is absent. */
  readonly directoriesToMake: readonly string[];
  /** Set on the mount's top directory only; absent = left as it is. */
  readonly ownership?: { readonly uid: number; readonly gid: number };
  readonly mark?: string;
}

/**
 * Puts a dataset at a path of a host. Chosen per host in compose.ts.
 * mount and unmount may be repeated: what is already so is left so.
 */
export interface Mounter {
  /** e.g. `bind` */
  readonly technology: string;
  /**
   * Checks a mount point and says which directories must be made for it.
   * @throws EngineError `MOUNT_POINT_REFUSED`: not absolute, a system directory, not empty, a file, or in use by another mount
   */
  plan(host: HostConnection, mountPath: string): Promise<{ readonly directoriesToMake: readonly string[] }>;
  /** @throws EngineError `MOUNT_FAILED`, `PATH_INVALID` (sharedPath) */
  mount(host: HostConnection, request: MountRequest): Promise<void>;
  /**
   * Unmounts and removes the directories that the engine made, innermost first, as far as they are empty.
   * @throws EngineError `MOUNT_BUSY` naming the processes that hold it
   */
  unmount(
    host: HostConnection,
    request: { readonly mountPath: string; readonly createdDirectories: readonly string[]; readonly mark?: string },
  ): Promise<void>;
  /** Which of these paths are mounted with these datasets now; one look for all of them. */
  mounted(
    host: HostConnection,
    expected: readonly { readonly mountPath: string; readonly datasetPath: string; readonly sharedPath: string }[],
  ): Promise<readonly string[]>;
}
