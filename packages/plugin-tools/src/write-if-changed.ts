import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeDirectory } from "@opendvp/subprocess";

/**
 * Writes a file whole or not at all, and leaves one alone that already says the same, so that editors do not reload it. What the
 * system refuses is about that file, whatever it is called until it is whole.
 */
export async function writeIfChanged(file: string, text: string): Promise<void> {
  const former = await readFile(file, "utf8").catch(() => undefined);
  if (former === text) return;
  await makeDirectory(dirname(file));
  const draft = `${file}.${String(process.pid)}.draft`;
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error instanceof Error ? Object.assign(error, { path: file }) : error;
  }
}
