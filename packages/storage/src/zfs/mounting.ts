import { stat } from "node:fs/promises";
import type { StorageCaller } from "@opendvp/core";
import { isAbsent } from "../pool/is-there.ts";
import { runZfs, runZfsPatiently, saysAnyOf } from "./zfs-program.ts";
import type { ZfsLayout } from "./zfs-layout.ts";

/** Mounts a dataset; one that is mounted is fine. */
export async function mount(handle: string, caller: StorageCaller): Promise<void> {
  try {
    await runZfs(["mount", handle], caller);
  } catch (error) {
    if (!saysAnyOf(error, /already mounted/)) throw error;
  }
}

/**
 * Mounts a dataset whose mount point is in the pool's own file system, where it must not be written to. That is seen without
 * asking ZFS.
 */
export async function mountWhereAbsent(layout: ZfsLayout, name: string, caller: StorageCaller): Promise<void> {
  const [own, around] = await Promise.all([deviceOf(layout.mountPathOf(name)), deviceOf(layout.datasets)]);
  if (own === undefined || own === around) await mount(layout.datasetOf(name), caller);
}

async function deviceOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).dev;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
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
