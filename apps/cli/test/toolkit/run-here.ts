import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { onTestFinished } from "vitest";
import { runProgram, type createProgram, type Terminal } from "../../src/index.ts";

export interface RanHere {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program within this process, in a home of its own, where nobody can be asked. */
export async function runHere(
  create: (terminal: Terminal) => ReturnType<typeof createProgram>,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RanHere> {
  const home = await mkdtemp(join(tmpdir(), "dvp-home-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    env: { HOME: home, ...env },
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    out: (text) => void out.push(`${text}\n`),
    err: (text) => void err.push(text),
    isInteractive: false,
    isLive: false,
    width: 100,
  };
  const exitCode = await runProgram(create(terminal), args, terminal);
  return { exitCode, out: out.join(""), err: err.join("") };
}
