import type { StorageCaller } from "@opendvp/core";
import { runZfs, runZfsPatiently, saysAnyOf } from "./zfs-program.ts";

/** Mounts a dataset; one that is mounted is fine. */
export async function mount(handle: string, caller: StorageCaller): Promise<void> {
  try {
    await runZfs(["mount", handle], caller);
  } catch (error) {
    if (!saysAnyOf(error, /already mounted/)) throw error;
  }
}

/** Unmounts a dataset; one that is not mounted is fine. */
export async function unmount(handle: string, caller: StorageCaller): Promise<void> {
  try {
    await runZfsPatiently(["unmount", handle], caller);
  } catch (error) {
    if (!saysAnyOf(error, /not currently mounted/)) throw error;
  }
}
