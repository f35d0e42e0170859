import { fileURLToPath } from "node:url";
import { runProcess } from "@opendvp/subprocess";

const PROGRAM = fileURLToPath(new URL("../../apps/cli/bin/dvp.mjs", import.meta.url));

export interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command line as it is shipped, for the engine of a data directory. */
export async function dvpEngine(dataDirectory: string, ...args: readonly string[]): Promise<Ran> {
  const [verb = "", ...more] = args;
  const all = [PROGRAM, "engine", verb, "--data-dir", dataDirectory, ...more];
  const { exitCode, stdout, stderr } = await runProcess({ file: process.execPath, args: all });
  return { exitCode, out: stdout, err: stderr };
}
