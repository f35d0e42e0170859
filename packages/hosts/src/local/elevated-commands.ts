import { lstat, mkdir, readlink, rmdir, symlink, unlink } from "node:fs/promises";
import type { ElevatedCommands } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { bindMount, unmount } from "./bind-mounts.ts";
import { hasCode, withPinned, withPinnedParent } from "./pinned-path.ts";

/** Each of them acts on exactly the path it is given, never on where a symbolic link leads. */
export const elevatedCommands: ElevatedCommands = {
  bindMount: (source, target, mark) => explained(`Cannot mount ${source} at ${target}`, target, bindMount(source, target, mark)),
  unmount: (target, mark) => explained(`Cannot unmount ${target}`, target, unmount(target, mark)),
  makeDirectory: (path) =>
    explained(
      `Cannot make the directory ${path}`,
      path,
      withPinnedParent(path, (entry) => makeDirectory(entry, path)),
    ),
  removeDirectory: (path) =>
    explained(
      `Cannot remove the directory ${path}`,
      path,
      withPinnedParent(path, (entry) => rmdir(entry)).catch(leaveAlone(["ENOENT", "ENOTEMPTY", "EEXIST", "ENOTDIR", "EBUSY"])),
    ),
  makeSymlink: (target, path) =>
    explained(
      `Cannot make the symbolic link ${path}`,
      path,
      withPinnedParent(path, (entry) => makeSymlink(target, entry)),
    ),
  removeSymlink: (path) =>
    explained(
      `Cannot remove the symbolic link ${path}`,
      path,
      withPinnedParent(path, removeSymlink).catch(leaveAlone(["ENOENT", "ENOTDIR"])),
    ),
  changeOwner: (path, uid, gid) =>
    explained(
      `Cannot change the owner of ${path}`,
      path,
      withPinned(path, (handle) => handle.chown(uid, gid)),
    ),
};

async function makeDirectory(entry: string, path: string): Promise<void> {
  try {
    await mkdir(entry);
  } catch (error) {
    if (hasCode(error, ["EEXIST"]) && (await lstat(entry)).isDirectory()) return;
    throw error;
  }
  // Open to all for passing through, whatever the engine's umask is.
  await withPinned(path, (handle) => handle.chmod(0o755));
}

async function makeSymlink(target: string, entry: string): Promise<void> {
  try {
    await symlink(target, entry);
  } catch (error) {
    if (hasCode(error, ["EEXIST"]) && (await lstat(entry)).isSymbolicLink() && (await readlink(entry)) === target) return;
    throw error;
  }
}

async function removeSymlink(entry: string): Promise<void> {
  if ((await lstat(entry)).isSymbolicLink()) await unlink(entry);
}

/** These outcomes mean that there is nothing to do. */
function leaveAlone(codes: readonly string[]): (error: unknown) => void {
  return (error) => {
    if (!hasCode(error, codes)) throw error;
  };
}

/** Puts what the file system says into words of ours. */
async function explained(what: string, path: string, act: Promise<void>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new EngineError("MOUNT_FAILED", `${what} (${reason}).`, {
      action: "Check that its parent directory exists and is writable, and that nothing else has the name.",
      details: { path, reason },
      cause: error,
    });
  }
}
