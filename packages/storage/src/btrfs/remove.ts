import { lstat, mkdir, readdir, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { StorageCaller } from "@opendvp/core";
import { isAbsent } from "../pool/is-there.ts";
import { runProgram } from "../pool/run-program.ts";
import type { TreeTarget } from "../pool/trees.ts";
import { syncDirectory } from "../pool/write-durably.ts";
import { isSubvolume, moveNestedOut } from "./nested-subvolumes.ts";

/**
 * Removes a subvolume for good, with those that users made inside of it, and what an earlier attempt staged.
 * One that is not there is fine.
 */
export async function removeSubvolumes(target: TreeTarget, caller: StorageCaller): Promise<void> {
  if (target.path !== target.stagedPath) await removeSubvolume(target.path, target.stagedPath, caller);
  await removeStaged(target.stagedPath, caller);
}

/** The staged path is either a subvolume being made, or a plain directory of nested ones on their way out. */
async function removeStaged(stagedPath: string, caller: StorageCaller): Promise<void> {
  const state = await stateOf(stagedPath);
  if (state === "SUBVOLUME") await removeSubvolume(stagedPath, stagedPath, caller);
  if (state !== "DIRECTORY") return;
  for (let entries = await readdir(stagedPath); entries.length > 0; entries = await readdir(stagedPath)) {
    for (const entry of entries) await removeSubvolume(join(stagedPath, entry), stagedPath, caller);
  }
  await rmdir(stagedPath);
}

async function removeSubvolume(path: string, nestedDirectory: string, caller: StorageCaller): Promise<void> {
  if ((await stateOf(path)) === "ABSENT") return;
  try {
    await runProgram("btrfs", ["subvolume", "delete", path], caller);
  } catch (error) {
    // The usual reason for a refusal is that it holds other subvolumes; without any, the refusal stands.
    if (caller.signal?.aborted === true || !(await clearNested(path, nestedDirectory, caller))) throw error;
    await runProgram("btrfs", ["subvolume", "delete", path], caller);
  }
  await syncDirectory(dirname(path));
}

async function clearNested(path: string, nestedDirectory: string, caller: StorageCaller): Promise<boolean> {
  if (path === nestedDirectory) return false;
  // A user may have made it read-only; nothing can be moved out of it then.
  await runProgram("btrfs", ["property", "set", "-t", "subvol", path, "ro", "false"], caller);
  await mkdir(nestedDirectory, { mode: 0o700, recursive: true });
  return (await moveNestedOut(path, nestedDirectory, caller)) > 0;
}

async function stateOf(path: string): Promise<"ABSENT" | "SUBVOLUME" | "DIRECTORY"> {
  try {
    return isSubvolume(await lstat(path)) ? "SUBVOLUME" : "DIRECTORY";
  } catch (error) {
    if (isAbsent(error)) return "ABSENT";
    throw error;
  }
}
