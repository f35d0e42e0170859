import { constants } from "node:fs";
import { open, readlink, realpath, type FileHandle } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { EngineError } from "@opendvp/model";

/** A path for other processes that always means what the handle has open, wherever its name leads by now. */
export function pathOfHandle(handle: FileHandle): string {
  return `/proc/${String(process.pid)}/fd/${String(handle.fd)}`;
}

/**
 * Opens a directory or file at exactly this path and keeps it while it is used. A user who may write to a directory on
 * the way could otherwise put a symbolic link there between our look and our act, and have root act elsewhere.
 * @throws EngineError `PATH_INVALID` where a symbolic link is on the way
 * @throws Error with the code ENOENT where it is not there, or goes while it is looked at
 */
export async function withPinned<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  // Not blocking, lest a named pipe holds us up.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(async (error: unknown) => {
    throw hasCode(error, ["ELOOP"]) ? leadsElsewhere(path, await realpath(path).catch(() => "nowhere")) : error;
  });
  try {
    const realPath = await readlink(pathOfHandle(handle));
    if (realPath === `${path} (deleted)`) throw Object.assign(new Error(`${path} has just been removed.`), { code: "ENOENT" });
    if (realPath !== path) throw leadsElsewhere(path, realPath);
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** Pins the directory that holds a path, and gives a path for the entry within it. */
export function withPinnedParent<T>(path: string, use: (entryPath: string, parentPath: string) => Promise<T>): Promise<T> {
  return withPinned(dirname(path), (parent) => use(`${pathOfHandle(parent)}/${basename(path)}`, pathOfHandle(parent)));
}

/** Whether a file system call failed for one of these reasons. */
export function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

function leadsElsewhere(path: string, realPath: string): EngineError {
  return new EngineError("PATH_INVALID", `${path} leads through a symbolic link to ${realPath}.`, {
    action: "Name the path without symbolic links.",
    details: { path, realPath },
  });
}
