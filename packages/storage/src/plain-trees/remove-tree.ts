import { rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { StorageCaller } from "@opendvp/core";
import { isThere } from "../pool/is-there.ts";
import { runProgram } from "../pool/run-program.ts";
import type { TreeTarget } from "../pool/trees.ts";
import { syncDirectory } from "../pool/write-durably.ts";

/**
 * Removes a tree: it leaves its place at once, and its files after that, which a crash may cut off.
 * One that is not there is fine.
 */
export async function removeTree(target: TreeTarget, caller: StorageCaller): Promise<void> {
  // What an earlier attempt left would be in the way.
  await removeFiles(target.stagedPath, caller);
  if (await isThere(target.path)) {
    await rename(target.path, target.stagedPath);
    await syncDirectory(dirname(target.path));
    await removeFiles(target.stagedPath, caller);
  }
  await syncDirectory(dirname(target.stagedPath));
}

async function removeFiles(path: string, caller: StorageCaller): Promise<void> {
  if (!(await isThere(path))) return;
  try {
    await runProgram("rm", ["-rf", "--one-file-system", "--", path], caller);
  } catch (error) {
    if (caller.signal?.aborted === true) throw error;
    await unlock(path, caller);
    await runProgram("rm", ["-rf", "--one-file-system", "--", path], caller);
  }
}

/** Users lock their directories against themselves (mode 0500), root its files (immutable); neither may keep a deleted tree alive. */
async function unlock(path: string, caller: StorageCaller): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  const [program, args] = isRoot ? ["chattr", ["-R", "-f", "-i", "-a", path]] : ["chmod", ["-R", "u+rwX", "--", path]];
  await runProgram(program, args, caller).catch(() => undefined);
}
