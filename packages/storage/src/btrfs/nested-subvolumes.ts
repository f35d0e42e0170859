import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { lstat, open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { StorageCaller } from "@opendvp/core";
import { runProgram } from "../pool/run-program.ts";

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
export async function moveNestedOut(tree: string, directory: string, caller: StorageCaller): Promise<number> {
  let moved = 0;
  const unread = [Buffer.from(tree)];
  for (let current = unread.pop(); current !== undefined; current = unread.pop()) {
    for (const entry of await readdir(current, { withFileTypes: true, encoding: "buffer" })) {
      if (!entry.isDirectory()) continue;
      const path = Buffer.concat([current, SLASH, entry.name]);
      if (!isSubvolume(await lstat(path))) {
        unread.push(path);
        continue;
      }
      await moveOut({ parent: current, path }, join(directory, randomUUID()), caller);
      moved += 1;
    }
  }
  return moved;
}

async function moveOut(nested: { readonly parent: Buffer; readonly path: Buffer }, target: string, caller: StorageCaller): Promise<void> {
  try {
    await rename(nested.path, target);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EROFS")) throw error;
    await rename(await makeWritable(nested, caller), target);
  }
}

/** A read-only subvolume leaves its directory only when it is made writable; until then it can be renamed in it. */
async function makeWritable(nested: { readonly parent: Buffer; readonly path: Buffer }, caller: StorageCaller): Promise<Buffer> {
  const name = randomUUID();
  const path = Buffer.concat([nested.parent, SLASH, Buffer.from(name)]);
  await rename(nested.path, path);
  const parent = await open(nested.parent, "r");
  try {
    // The directory's own name may be bytes that no argument of ours can carry; its descriptor has a plain one.
    const plainPath = `/proc/${process.pid}/fd/${parent.fd}/${name}`;
    await runProgram("btrfs", ["property", "set", "-t", "subvol", plainPath, "ro", "false"], caller);
  } finally {
    await parent.close();
  }
  return path;
}
