import { rm, writeFile } from "node:fs/promises";
import { runProcess } from "@opendvp/subprocess";
import { PROGRAM_ENVIRONMENT } from "../pool/run-program.ts";

export interface KeptAttributes {
  readonly hasAcls: boolean;
  readonly hasXattrs: boolean;
}

/** What a file system can keep is tried out: mount options and kernels differ too much to be asked. */
export async function probeAttributes(file: string): Promise<KeptAttributes> {
  await writeFile(file, "", { mode: 0o600 });
  try {
    const hasAcls = await succeeds("setfacl", ["-m", "u:0:r", "--", file]);
    return { hasAcls, hasXattrs: await succeeds("setfattr", ["-n", "user.opendvp", "-v", "1", "--", file]) };
  } finally {
    await rm(file, { force: true });
  }
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await runProcess({ file: program, args, env: PROGRAM_ENVIRONMENT })).exitCode === 0;
  } catch {
    // Where the program is not installed, nobody can say; what cannot be shown is not promised.
    return false;
  }
}
