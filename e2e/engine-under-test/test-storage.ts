import { join } from "node:path";
import { canUseZfs, makeLoopFileSystem, makeZfsTestPool } from "@opendvp/testkit";
import { isRoot } from "./environment-user.ts";

const POOL_BYTES = 2 * 1024 ** 3;

/** The back ends that the engine is tested on, each in a test's directory; `copy` and `reflink` cannot snapshot what runs. */
export const BACK_ENDS = ["embedded:2G", "zfs", "reflink", "copy"] as const;

export type BackEnd = (typeof BACK_ENDS)[number];

/** Whether a back end gives a snapshot of one moment while somebody writes. */
export function canSnapshotRunning(storage: BackEnd): boolean {
  return storage !== "reflink" && storage !== "copy";
}

/** Whether such a pool can be made on this machine: as root, and on ZFS where there is one. */
export function canUse(storage: BackEnd): boolean {
  return storage === "zfs" ? canUseZfs() : isRoot;
}

/** Whether a life of minutes is lived on a back end: on ZFS `npm run test:zfs:all` does so. */
export function canUseForLong(storage: BackEnd): boolean {
  return canUse(storage) && (storage !== "zfs" || process.env["OPENDVP_ZFS"] === "all");
}

/** Makes what a kind of storage needs below a directory, which is removed with it, and gives the engine's `--storage`. */
export async function makeTestStorage(storage: string, directory: string): Promise<string> {
  switch (storage) {
    case "copy":
      return `copy:${join(directory, "pool")}`;
    case "reflink": {
      const { mountPath } = await makeLoopFileSystem({ directory, name: "xfs", fileSystem: "xfs", sizeBytes: POOL_BYTES });
      return `reflink:${join(mountPath, "pool")}`;
    }
    case "zfs":
      return `zfs:${(await makeZfsTestPool({ directory, name: "zpool", sizeBytes: POOL_BYTES })).name}/opendvp`;
    default:
      return storage;
  }
}
