import { lstat, readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { ignoreAbsent } from "./durable-files.ts";
import type { SafeTree } from "./safe-tree.ts";

/** Whether a directory holds exactly this tree: nothing missing, nothing more, every byte the same, readable for everybody. */
export async function treeMatches(directory: string, tree: SafeTree): Promise<boolean> {
  const expected = new Set([...tree.directories, ...tree.files.map((file) => file.path)]);
  const found = await readdir(directory, { recursive: true, withFileTypes: true }).catch(ignoreAbsent);
  if (found?.length !== expected.size) return false;
  if (!found.every((entry) => expected.has(relative(directory, join(entry.parentPath, entry.name))))) return false;
  for (const path of [".", ...tree.directories]) {
    const facts = await lstat(join(directory, path));
    if (!facts.isDirectory() || (facts.mode & 0o777) !== 0o755) return false;
  }
  for (const file of tree.files) {
    const path = join(directory, file.path);
    const facts = await lstat(path);
    if (!facts.isFile() || facts.size !== file.sizeBytes || (facts.mode & 0o777) !== 0o644) return false;
    if (!(await readFile(path)).equals(await file.read())) return false;
  }
  return true;
}
