import { lstat, opendir, realpath } from "node:fs/promises";
import { dirname, join, basename } from "node:path";
import type { PathFacts } from "@opendvp/core";
import { isMountPoint } from "./mount-table.ts";

export async function lookAt(path: string): Promise<PathFacts> {
  const [kind, realPath] = await Promise.all([kindOf(path), realPathOf(path)]);
  return {
    kind,
    isEmptyDirectory: kind === "DIRECTORY" && (await isEmpty(path)),
    isMountPoint: kind !== "ABSENT" && (await isMountPoint(realPath)),
    realPath,
  };
}

async function kindOf(path: string): Promise<PathFacts["kind"]> {
  const stats = await orAbsent(lstat(path));
  if (stats === undefined) return "ABSENT";
  if (stats.isSymbolicLink()) return "SYMLINK";
  if (stats.isDirectory()) return "DIRECTORY";
  return stats.isFile() ? "FILE" : "OTHER";
}

async function isEmpty(path: string): Promise<boolean> {
  const directory = await opendir(path);
  try {
    return (await directory.read()) === null;
  } finally {
    await directory.close();
  }
}

/** Resolves what exists and keeps the rest as it is written. */
async function realPathOf(path: string): Promise<string> {
  const resolved = await orAbsent(realpath(path));
  if (resolved !== undefined) return resolved;
  const parent = dirname(path);
  return parent === path ? path : join(await realPathOf(parent), basename(path));
}

async function orAbsent<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR", "ELOOP"].includes(String(error.code))) return undefined;
    throw error;
  }
}
