import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a directory and those above it, where they are missing; others may make the same ones at that time. The recursive mode of
 * `mkdir` never ends below /proc, where directories are said not to exist instead of being refused.
 */
export async function makeDirectory(path: string, mode = 0o777): Promise<void> {
  try {
    await makeIfMissing(path, mode);
  } catch (error) {
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || above === path) throw error;
    await makeDirectory(above, mode);
    await makeIfMissing(path, mode);
  }
}

async function makeIfMissing(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !(await isDirectory(path))) throw error;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
