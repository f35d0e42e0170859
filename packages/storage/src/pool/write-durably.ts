import { constants } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Returns once the entries of a directory are on disk; on btrfs this also commits subvolumes made or deleted in it. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a new file; a power cut on the way may leave it empty or cut short. */
export async function writeNewDurably(path: string, text: string): Promise<void> {
  await writeSynced(path, text);
  await syncDirectory(dirname(path));
}

/** Replaces a file as a whole: afterwards it has the new content, whatever happens meanwhile the old or the new. */
export async function replaceDurably(path: string, text: string, unfinishedPath: string): Promise<void> {
  await writeSynced(unfinishedPath, text);
  await rename(unfinishedPath, path);
  await syncDirectory(dirname(path));
}

/** Adds to a file that is there; a power cut on the way may leave some of it, or none. */
export async function appendDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_APPEND);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Writes a file whose name nothing makes durable yet; a power cut on the way may leave it empty or cut short. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
