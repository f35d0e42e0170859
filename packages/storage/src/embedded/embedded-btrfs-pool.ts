import { mkdir, rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { checkLocation } from "../pool/check-location.ts";
import { asStorageError } from "../pool/storage-error.ts";
import { ensureImage, imageMustBeThere, METADATA_SHARE } from "./btrfs-image.ts";
import { mountImage, unmountImage } from "./loop-mount.ts";

export interface EmbeddedPoolRequest {
  /** The sparse file that holds the file system. */
  readonly imagePath: string;
  /** What the file may grow to; used when it is made. At least 256 MiB. */
  readonly sizeBytes: number;
  /** Where it is mounted; made with its parents when absent. */
  readonly mountPath: string;
  /** Default true. Where false, a missing file is an error: an empty pool must not take the place of one that holds data. */
  readonly mayMake?: boolean;
  /** Default true. Compressed data takes less space, but what a deletion frees is then known as a lower bound only. */
  readonly isCompressing?: boolean;
}

export interface EmbeddedPool {
  readonly mountPath: string;
  /**
   * Unmounts it and lets go of its loop device; the data stays in the file. What is not mounted is fine.
   * @throws EngineError `MOUNT_BUSY` while somebody uses it, or has it mounted elsewhere
   */
  detach(): Promise<void>;
  /** Unmounts it and removes the file, with all data. Idempotent. */
  destroy(): Promise<void>;
}

// Reading a copy must not change it, so no access times. Space of deleted data goes back to the sparse file.
const MOUNT_OPTIONS = ["noatime", "discard=async", METADATA_SHARE];

/**
 * A btrfs of one's own on a sparse file, for machines without a free disk. Idempotent: makes the file system only
 * where there is no file yet, and mounts it where it is not mounted, as after a reboot. Needs root.
 * @throws EngineError `STORAGE_UNAVAILABLE` (it may not be made, and is not there), `STORAGE_UNSUITABLE` (the file is something else, the mount point is in use), `STORAGE_FULL`, `STORAGE_FAILED`
 */
export async function createEmbeddedBtrfsPool(request: EmbeddedPoolRequest): Promise<EmbeddedPool> {
  const { imagePath, mountPath } = request;
  checkLocation(imagePath);
  checkLocation(mountPath);
  const options = [...MOUNT_OPTIONS, ...(request.isCompressing === false ? [] : ["compress=zstd:1"])];
  try {
    if (request.mayMake === false) await imageMustBeThere(imagePath);
    await mkdir(dirname(imagePath), { recursive: true, mode: 0o700 });
    await ensureImage(imagePath, request.sizeBytes);
    await mkdir(mountPath, { recursive: true, mode: 0o700 });
    await mountImage(imagePath, mountPath, options);
  } catch (error) {
    throw asStorageError(error, `Setting up the embedded pool ${JSON.stringify(imagePath)}`);
  }
  return {
    mountPath,
    detach: () => unmountImage(imagePath, mountPath),
    destroy: async () => {
      await unmountImage(imagePath, mountPath);
      await rm(imagePath, { force: true });
      await rmdir(mountPath).catch(() => undefined);
    },
  };
}
