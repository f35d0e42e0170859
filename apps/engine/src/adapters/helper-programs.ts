import { chmod, mkdir, readlink, symlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";

const PROGRAMS = ["jq"];

/** As of /tmp: plugins keep files of their own in here, as whatever user they work, and cannot touch those of others. */
const SHARED = 0o1777;

/**
 * Puts the helper programs that plugins find in `binary_path` there, as links to the machine's own. Plugins walk up from it to the
 * toolkit directory above, and write there.
 */
export async function provideHelperPrograms(toolkitDirectory: string, directory: string): Promise<void> {
  for (const each of [toolkitDirectory, directory]) await mkdir(each, { recursive: true, mode: 0o755 });
  await chmod(toolkitDirectory, SHARED);
  for (const program of PROGRAMS) {
    const target = await findProgram(program);
    const link = join(directory, program);
    const present = await readlink(link).catch(() => undefined);
    if (target === undefined || present === target) continue;
    if (present !== undefined) await unlink(link);
    await symlink(target, link);
  }
}
