import { basename, dirname, join } from "node:path";
import { checkZfsLocation } from "./check-zfs-location.ts";
import { checkZfsProgram } from "./check-zfs-program.ts";
import { isAbsentInZfs, runZfs } from "./zfs-program.ts";

/**
 * The directory at which a dataset is mounted, or will be when it is made: below that of the dataset above it.
 * @throws EngineError `PATH_INVALID`, `STORAGE_UNAVAILABLE` where ZFS cannot be asked
 */
export async function zfsMountPath(dataset: string): Promise<string> {
  checkZfsLocation(dataset);
  await checkZfsProgram();
  try {
    return (await runZfs(["get", "-H", "-o", "value", "mountpoint", dataset], {})).replace(/\n$/, "");
  } catch (error) {
    // What does not exist up to the zpool is explained when the pool is opened.
    if (!isAbsentInZfs(error)) throw error;
    return dataset.includes("/") ? join(await zfsMountPath(dirname(dataset)), basename(dataset)) : `/${dataset}`;
  }
}
