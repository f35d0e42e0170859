import { readdir } from "node:fs/promises";
import { dirname, basename, join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";

/** Removes every directory that this process has made for an engine or a build, with all that runs and is mounted in them. */
export async function removeOwnDirectories(): Promise<void> {
  // Its name has what all of ours have in common.
  const sample = await makeTestDirectory();
  const ours = basename(sample).slice(0, basename(sample).lastIndexOf("-") + 1);
  const parent = dirname(sample);
  for (const entry of await readdir(parent)) if (entry.startsWith(ours)) await removeTestDirectory(join(parent, entry));
}
