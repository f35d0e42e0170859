import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Directories of real files that most machines have and everybody may read, the likeliest first. */
const CANDIDATES = ["/usr/share/doc", "/usr/share/perl", "/usr/share/zoneinfo", "/usr/include", "/usr/lib/python3", "/usr/share"];
const ENOUGH_FILES = 2000;

/**
 * The directory to link: the given one, or the first candidate with thousands of files.
 * @throws Error where the given one is no directory, or no candidate is large enough
 */
export async function chooseSource(given: string | undefined, candidates: readonly string[] = CANDIDATES): Promise<string> {
  if (given !== undefined) {
    if (!existsSync(given) || !(await stat(given)).isDirectory()) throw new Error(`--source: ${given} is not a directory.`);
    return given;
  }
  for (const candidate of candidates) {
    if (existsSync(candidate) && (await hasFiles(candidate, ENOUGH_FILES))) return candidate;
  }
  throw new Error("Nothing on this machine has thousands of files: name a directory with --source DIR.");
}

/** Whether at least `wanted` files lie below a directory that can be read; looks no further once it knows. */
async function hasFiles(root: string, wanted: number): Promise<boolean> {
  const open = [root];
  let found = 0;
  for (let directory = open.pop(); directory !== undefined && found < wanted; directory = open.pop()) {
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) return false;
    for (const entry of entries) {
      if (entry.isDirectory()) open.push(join(directory, entry.name));
      else if (entry.isFile()) found += 1;
    }
  }
  return found >= wanted;
}
