import { PassThrough } from "node:stream";
import { run } from "../../apps/cli/src/index.ts";

export interface Ran {
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of `dvp` within this process, with nobody to be asked and nothing on standard input. */
export async function dvpHere(env: Readonly<Record<string, string>>, args: readonly string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const stdin = new PassThrough();
  stdin.end();
  const exitCode = await run(args, {
    env,
    stdin: stdin as unknown as NodeJS.ReadStream,
    out: (text) => void out.push(`${text}\n`),
    err: (text) => void err.push(text),
    isInteractive: false,
    isLive: false,
    width: 80,
  });
  return { args, exitCode, out: out.join(""), err: err.join("") };
}
