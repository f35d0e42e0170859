import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removeTestDirectory } from "./remove-test-directory.ts";
import { isLeftover, TEST_DIRECTORIES } from "./test-directory.ts";

/** Ends or removes what a killed run left outside of its directory (a tap, a namespace); gets that directory. */
export type LeftoverCleaner = (directory: string) => Promise<void>;

/**
 * Removes what killed test runs left: for each test directory whose process is gone, what `also` knows to remove,
 * the processes that use it, the mounts and loop devices below it, and itself. Other runs going on are left alone.
 * Returns the directories removed.
 */
export async function cleanUpLeftovers(also: readonly LeftoverCleaner[] = []): Promise<readonly string[]> {
  const parent = dirname(TEST_DIRECTORIES);
  const left = (await readdir(parent)).filter(isLeftover);
  const directories = left.map((entry) => join(parent, entry));
  for (const directory of directories) {
    for (const clean of also) await clean(directory);
    await removeTestDirectory(directory);
  }
  return directories;
}
