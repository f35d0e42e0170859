import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Daemon, startDaemon } from "@opendvp/subprocess";
import { EngineError, isEngineErrorShape, isJsonObject, type Json } from "@opendvp/model";
import type { EngineProgram } from "./locate-engine.ts";

export interface StartedEngine {
  readonly pid: number;
  readonly address: string;
  readonly data_directory: string;
  /** Of the administrator that the very first start makes; shown this once. */
  readonly username?: string;
  readonly password?: string;
  /** What its storage cannot do, in words. */
  readonly limits: readonly string[];
}

export interface EngineStart {
  readonly program: EngineProgram;
  readonly args: readonly string[];
  readonly dataDirectory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeLimitMs: number;
}

/**
 * Starts an engine that lives on after this program, and waits until it is ready. What it logs goes to `engine.log` in its
 * data directory. @throws EngineError why it did not become ready
 */
export async function startEngine(start: EngineStart): Promise<StartedEngine> {
  await mkdir(start.dataDirectory, { recursive: true, mode: 0o700 });
  const logFile = join(start.dataDirectory, "engine.log");
  const daemon = await startDaemon({ file: start.program.file, args: [...start.program.args, ...start.args], env: start.env, logFile });
  try {
    const told = await untilReady(daemon, start, logFile);
    return { pid: daemon.pid, data_directory: start.dataDirectory, ...told };
  } finally {
    daemon.release();
  }
}

type Told = Pick<StartedEngine, "address" | "username" | "password" | "limits">;

/** Reads what the engine says on standard output: one line of JSON for its first start, one when it is ready. */
async function untilReady(daemon: Daemon, start: EngineStart, logFile: string): Promise<Told> {
  let admin: Pick<StartedEngine, "username" | "password"> = {};
  const lines = createInterface({ input: daemon.stdout });
  const timer = setTimeout(() => lines.close(), start.timeLimitMs);
  try {
    for await (const line of lines) {
      const event = parsed(line);
      if (!isJsonObject(event)) continue;
      const { event: name, user, password, address, limits } = event;
      if (name === "first-start" && typeof user === "string" && typeof password === "string") admin = { username: user, password };
      if (name === "failed" && isEngineErrorShape(event)) throw EngineError.fromShape(event);
      if (name === "ready" && typeof address === "string")
        return { address, ...admin, limits: typeof limits === "string" && limits !== "" ? limits.split("\n") : [] };
    }
  } finally {
    clearTimeout(timer);
  }
  throw await notReady(daemon, start, logFile);
}

async function notReady(daemon: Daemon, start: EngineStart, logFile: string): Promise<EngineError> {
  const exitCode = await daemon.exitCode();
  const happened =
    exitCode === undefined
      ? `was not ready after ${start.timeLimitMs / 1000} s, and goes on starting`
      : `ended with the exit code ${exitCode}`;
  return new EngineError("ENGINE_UNREACHABLE", `The engine ${happened}.${await daemon.lastLogLines()}`, {
    action: `Look at ${logFile}.`,
    details: { logFile, dataDirectory: start.dataDirectory },
  });
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}
