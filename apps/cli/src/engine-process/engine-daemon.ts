import { join } from "node:path";
import { type Daemon, makeDirectory, startDaemon } from "@opendvp/subprocess";
import { EngineError } from "@opendvp/model";
import { EngineEvents } from "./engine-events.ts";
import type { EngineProgram } from "./locate-engine.ts";

export interface EngineRequest {
  readonly program: EngineProgram;
  readonly args: readonly string[];
  readonly dataDirectory: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The engine's program, running apart from this one. What it logs goes to `engine.log` in its data directory. */
export interface EngineDaemon {
  readonly pid: number;
  readonly events: EngineEvents;
  /** Why it did not do what was waited for. */
  whySilent(waited: { readonly what: string; readonly timeLimitMs: number }): Promise<EngineError>;
  /** Lets go of it: it goes on by itself. */
  release(): void;
}

export async function startEngineDaemon({ program, args, dataDirectory, env }: EngineRequest): Promise<EngineDaemon> {
  const logFile = join(dataDirectory, "engine.log");
  const daemon = await openLog(dataDirectory, () => startDaemon({ file: program.file, args: [...program.args, ...args], env, logFile }));
  return {
    pid: daemon.pid,
    events: new EngineEvents(daemon),
    whySilent: async ({ what, timeLimitMs }) => {
      const exitCode = await daemon.exitCode();
      const happened =
        exitCode === undefined ? `was not ${what} after ${timeLimitMs / 1000} s, and goes on` : `ended with the exit code ${exitCode}`;
      return new EngineError("ENGINE_UNREACHABLE", `The engine ${happened}.${await daemon.lastLogLines()}`, {
        action: `Look at ${logFile}.`,
        details: { logFile, dataDirectory },
      });
    },
    release: () => daemon.release(),
  };
}

const UNUSABLE: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is no directory",
  EEXIST: "it is no directory",
  // What a read-only file system answers where several directories would have to be made.
  ENOENT: "it cannot be made",
};

async function openLog(dataDirectory: string, start: () => Promise<Daemon>): Promise<Daemon> {
  try {
    await makeDirectory(dataDirectory, 0o700);
    return await start();
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? UNUSABLE[String(cause.code)] : undefined;
    if (reason === undefined) throw cause;
    throw new EngineError("PATH_INVALID", `The data directory ${dataDirectory} cannot be used: ${reason}.`, {
      action: "Run the engine as a user who may write there, or give another one with --data-dir.",
      details: { dataDirectory },
      cause,
    });
  }
}
