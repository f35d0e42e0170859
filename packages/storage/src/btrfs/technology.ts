import { realpath, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { PoolOpening, StorageDriver, StorageTechnology } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { mountOf, readMountTable } from "../mount-table/mount-table.ts";
import { checkLocation } from "../pool/check-location.ts";
import { DirectoryPoolDriver } from "../pool/directory-pool-driver.ts";
import { establishPool, mustBeThere } from "../pool/pool-identity.ts";
import { PoolLayout } from "../pool/pool-layout.ts";
import { isAbsent } from "../pool/is-there.ts";
import { runProgram } from "../pool/run-program.ts";
import { asStorageError } from "../pool/storage-error.ts";
import { BtrfsTrees } from "./trees.ts";

const BTRFS_MAGIC = 0x9123683e;

/** Pools in a directory of a mounted btrfs: datasets are subvolumes, snapshots and clones share their blocks. Needs root. */
export const btrfsTechnology: StorageTechnology = {
  technology: "btrfs",

  async open(location: string, opening: PoolOpening = {}): Promise<StorageDriver> {
    checkLocation(location);
    if (process.geteuid?.() !== 0)
      throw unsuitable(location, "btrfs subvolumes of other users' files need root", "Run the engine as root, or use a copying pool.");
    try {
      const layout = new PoolLayout(location);
      await mustBeThere(layout, opening);
      await checkFileSystem(location);
      const identity = await establishPool(layout, "btrfs");
      const { hasAcls, isCompressing } = await readOptions(location);
      return new DirectoryPoolDriver({ layout, identity, trees: new BtrfsTrees({ hasAcls, isCompressing }) });
    } catch (error) {
      throw asStorageError(error, `Opening the btrfs pool at ${JSON.stringify(location)}`);
    }
  },
};

async function checkFileSystem(location: string): Promise<void> {
  const { type } = await statfs(await nearestExisting(location));
  if (type !== BTRFS_MAGIC)
    throw unsuitable(location, "it is not on a mounted btrfs", "Mount the btrfs file system there first, or choose another back end.");
  await runProgram("btrfs", ["--version"]);
}

async function readOptions(location: string): Promise<{ readonly hasAcls: boolean; readonly isCompressing: boolean }> {
  const options = mountOf(await realpath(location), await readMountTable())?.options ?? [];
  return {
    hasAcls: !options.includes("noacl"),
    isCompressing: options.some((option) => option.startsWith("compress")),
  };
}

async function nearestExisting(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    if (isAbsent(error)) return nearestExisting(dirname(path));
    throw error;
  }
}

function unsuitable(location: string, reason: string, action: string): EngineError {
  return new EngineError("STORAGE_UNSUITABLE", `The directory ${JSON.stringify(location)} cannot be a btrfs pool: ${reason}.`, { action });
}
