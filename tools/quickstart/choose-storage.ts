import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A pool for the tour, and why it is not a better one. */
export interface StorageChoice {
  /** What `dvp engine start --storage` takes. */
  readonly storage: string;
  /** What to tell the user; undefined when copies are thin. */
  readonly remark?: string;
}

/** btrfs on a sparse file where this user and this kernel can, else plain copies, and the reason. */
export function chooseStorage(directory: string, missing: string | undefined = whatBtrfsLacks()): StorageChoice {
  if (missing === undefined) return { storage: "embedded" };
  return { storage: `copy:${join(directory, "pool")}`, remark: `The pool copies in full, for btrfs cannot be used: ${missing}.` };
}

function whatBtrfsLacks(): string | undefined {
  if (process.getuid?.() !== 0) return "only root can mount it";
  if (spawnSync("mkfs.btrfs", ["--version"]).error !== undefined) return "mkfs.btrfs is not installed";
  if (!existsSync("/dev/loop-control")) return "there are no loop devices";
  if (!isInKernel()) return "the kernel does not have it";
  return undefined;
}

function isInKernel(): boolean {
  const isListed = (): boolean => /\bbtrfs$/m.test(readFileSync("/proc/filesystems", "utf8"));
  if (isListed()) return true;
  spawnSync("modprobe", ["btrfs"]);
  return isListed();
}
