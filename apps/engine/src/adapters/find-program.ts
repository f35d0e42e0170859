import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";

const DIRECTORIES = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Where a program of the machine is, if it has it. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const directory of DIRECTORIES) {
    const path = join(directory, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
