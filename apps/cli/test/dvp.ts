import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { onTestFinished } from "vitest";
import { run } from "../src/index.ts";
import { listeningEngine, type ListeningEngine } from "./listening-engine.ts";

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  /** What `--json` printed. */
  json(): Record<string, unknown>;
}

export interface Dvp extends ListeningEngine {
  /** Runs a command as the administrator, in a home of its own. */
  readonly dvp: (...args: string[]) => Promise<Ran>;
  /** The same with variables of the environment, and something on standard input. */
  readonly dvpWith: (given: { env?: Record<string, string>; stdin?: string; isLive?: boolean }, ...args: string[]) => Promise<Ran>;
  readonly home: string;
}

/** The command line within this process, before a listening engine. */
export async function createDvp(): Promise<Dvp> {
  const listening = await listeningEngine();
  const home = await mkdtemp(join(tmpdir(), "dvp-home-"));
  onTestFinished(() => rm(home, { recursive: true }));
  const dvpWith: Dvp["dvpWith"] = async ({ env = {}, stdin = "", isLive = false }, ...args) => {
    const [out, err]: [string[], string[]] = [[], []];
    const input = new PassThrough();
    input.end(stdin);
    const exitCode = await run(args, {
      env: { HOME: home, ...env },
      stdin: input as unknown as NodeJS.ReadStream,
      out: (text) => void out.push(`${text}\n`),
      err: (text) => void err.push(text),
      isInteractive: false,
      isLive,
      width: 100,
    });
    const text = out.join("");
    return { exitCode, out: text, err: err.join(""), json: () => JSON.parse(text) as Record<string, unknown> };
  };
  const admin = { DVP_ENGINE: listening.address, DVP_API_KEY: listening.keys.admin };
  return { ...listening, home, dvpWith, dvp: (...args) => dvpWith({ env: admin }, ...args) };
}
