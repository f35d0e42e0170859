import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { lstat, readdir, rename } from "node:fs/promises";
import { join } from "node:path";

/** The inode number of each subvolume's top directory, and of no other directory of a btrfs. */
const SUBVOLUME_INODE = 256;

const SLASH = Buffer.from("/");

export function isSubvolume(stats: Stats): boolean {
  return stats.isDirectory() && stats.ino === SUBVOLUME_INODE;
}

/**
 * Moves the subvolumes that lie somewhere inside of a tree into a directory, under names that a command line can
 * carry (theirs may be any bytes), and returns how many. A mount of another dataset inside of the tree stops it:
 * the kernel moves nothing across mounts.
 */
export async function moveNestedOut(tree: string, directory: string): Promise<number> {
  let moved = 0;
  const open = [Buffer.from(tree)];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const entry of await readdir(current, { withFileTypes: true, encoding: "buffer" })) {
      if (!entry.isDirectory()) continue;
      const path = Buffer.concat([current, SLASH, entry.name]);
      if (!isSubvolume(await lstat(path))) {
        open.push(path);
        continue;
      }
      await rename(path, join(directory, randomUUID()));
      moved += 1;
    }
  }
  return moved;
}
