import { mkdir, readlink, symlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";

const PROGRAMS = ["jq"];

/** Puts the helper programs that plugins find in `binary_path` there, as links to the machine's own. */
export async function provideHelperPrograms(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o755 });
  for (const program of PROGRAMS) {
    const target = await findProgram(program);
    const link = join(directory, program);
    const present = await readlink(link).catch(() => undefined);
    if (target === undefined || present === target) continue;
    if (present !== undefined) await unlink(link);
    await symlink(target, link);
  }
}
