import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess } from "@opendvp/subprocess";
import type { EngineUnderTest } from "../engine-under-test/index.ts";

const BIN = fileURLToPath(new URL("../../apps/cli/bin", import.meta.url));

export interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `dvp` as it is shipped, as the engine's administrator. */
export async function dvp(engine: EngineUnderTest, ...args: readonly string[]): Promise<Ran> {
  const { token } = await engine.client.apiKeys.create({ body: { name: `dvp ${randomUUID()}` } });
  return runProgram("dvp.mjs", args, { HOME: engine.directory, DVP_ENGINE: engine.client.address, DVP_API_KEY: token });
}

/** Uploads a toolkit with `dvp toolkit upload`, and gives its reference. */
export async function uploadToolkit(engine: EngineUnderTest, artifactFile: string): Promise<string> {
  const { exitCode, out, err } = await dvp(engine, "toolkit", "upload", artifactFile, "--json");
  if (exitCode !== 0) throw new Error(`dvp toolkit upload ended with ${String(exitCode)}: ${err}${out}`);
  return (JSON.parse(out) as { readonly plugin_id: string }).plugin_id;
}

/** Uploads a toolkit as the program of old did, over the typed-object API. */
export async function uploadToolkitAsOfOld(engine: EngineUnderTest, artifactFile: string): Promise<Ran> {
  const user = { username: "uploader", password: "correct-horse-battery" };
  await engine.client.accounts.create({ body: { ...user, role: "admin" } });
  const args = [artifactFile, engine.client.address, user.username];
  return runProgram("upload-toolkit.mjs", args, { HOME: engine.directory, DVP_PASSWORD: user.password });
}

async function runProgram(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const ran = await runProcess({ file: process.execPath, args: [join(BIN, program), ...args], env, timeLimitMs: 60_000 });
  return { exitCode: ran.exitCode, out: ran.stdout, err: ran.stderr };
}
