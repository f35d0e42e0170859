import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const MARK = ".opendvp-quickstart";

/** Whether a directory may be emptied: it is not there, holds nothing, or a former tour has marked it as its own. */
async function isOurs(directory: string): Promise<boolean> {
  if (!existsSync(directory)) return true;
  const entries = await readdir(directory);
  return entries.length === 0 || entries.includes(MARK);
}

/**
 * Makes the tour's directory anew and marks it. `clean` removes what a former tour left in it, and tells whether it could.
 * @throws Error where it holds somebody else's files
 */
export async function claimDirectory(directory: string, clean: (directory: string) => boolean): Promise<void> {
  if (!(await isOurs(directory))) {
    throw new Error(`--directory: ${directory} holds files that are not the quickstart's. Name one that is empty or does not exist.`);
  }
  if (!clean(directory)) throw new Error(`${directory} could not be emptied: what is still in use there is named above.`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, MARK), "The quickstart empties this directory at each start.\n");
}
