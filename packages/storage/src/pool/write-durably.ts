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

/** Replaces a file as a whole: afterwards it has the new content, whatever happens meanwhile the old or the new. */
export async function writeDurably(path: string, text: string, temporaryPath: string): Promise<void> {
  const handle = await open(temporaryPath, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporaryPath, path);
  await syncDirectory(dirname(path));
}
