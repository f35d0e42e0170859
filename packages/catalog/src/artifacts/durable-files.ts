import { randomBytes } from "node:crypto";
import { chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SafeTree } from "./safe-tree.ts";

/** Names of what is not finished yet; the next start removes what a crash left. */
export const DRAFT_PREFIX = ".draft-";

export function draftIn(directory: string): string {
  return join(directory, `${DRAFT_PREFIX}${randomBytes(8).toString("hex")}`);
}

/** A file with this content, whole or not at all, on disk when the call has returned. */
export async function writeFileDurably(path: string, content: Uint8Array, mode: number): Promise<void> {
  const draft = draftIn(dirname(path));
  try {
    await writeSynced(draft, content, mode);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** A directory with this tree, readable for everybody, whole or not at all. Takes the place of what is there. */
export async function writeTreeDurably(path: string, tree: SafeTree): Promise<void> {
  const draft = draftIn(dirname(path));
  const former = draftIn(dirname(path));
  try {
    await makeDirectory(draft);
    for (const directory of tree.directories) await makeDirectory(join(draft, directory));
    for (const file of tree.files) await writeSynced(join(draft, file.path), await file.read(), 0o644);
    for (const directory of [...tree.directories, "."]) await syncDirectory(join(draft, directory));
    await rename(path, former).catch(ignoreAbsent);
    await rename(draft, path);
    await syncDirectory(dirname(path));
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(former, { recursive: true, force: true });
  }
}

export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function writeSynced(path: string, content: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(content);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whatever the umask is: a plugin process of another user reads here. */
async function makeDirectory(path: string): Promise<void> {
  await mkdir(path);
  await chmod(path, 0o755);
}

/** Also a file where a directory was expected counts as absent. */
export function ignoreAbsent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return undefined;
  throw error;
}
