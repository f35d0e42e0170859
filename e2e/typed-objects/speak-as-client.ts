import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runProcess } from "@opendvp/subprocess";
import type { EngineUnderTest } from "../engine-under-test/index.ts";

const PROGRAM = fileURLToPath(new URL("existing_clients.py", import.meta.url));

export const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Who a client logs in as. */
export interface ClientUser {
  readonly name: string;
  readonly password: string;
}

/** Runs one exchange of an existing client against an engine, and gives what came of it. */
export async function speakAsClient<T>(engine: EngineUnderTest, user: ClientUser, exchange: readonly string[]): Promise<T> {
  const { host } = new URL(engine.client.address);
  const args = [PROGRAM, host, user.name, ...exchange];
  const { stdout, stderr, exitCode } = await runProcess({
    file: "python3",
    args,
    stdin: { text: `${user.password}\n` },
    timeLimitMs: 120_000,
  });
  if (exitCode !== 0) throw new Error(`${exchange.join(" ")} ended with ${String(exitCode)}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
