import type { StorageCaller } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runProcess, type ProcessRequest } from "@opendvp/subprocess";
import { programFailed } from "./storage-error.ts";

/** Messages are told apart by their words, so programs speak one language; zfs makes no directory whose name its locale cannot read. */
export const PROGRAM_ENVIRONMENT = { LC_ALL: "C.UTF-8" } as const;

export interface ProgramCaller extends StorageCaller {
  readonly cwd?: string;
  readonly timeLimitMs?: number;
}

/** How a program is called for a caller: with its mark, ended when its signal aborts. */
export function programRequest(file: string, args: readonly string[], caller: ProgramCaller): ProcessRequest {
  return {
    file,
    args,
    env: PROGRAM_ENVIRONMENT,
    stdin: "ignore",
    ...(caller.cwd === undefined ? {} : { cwd: caller.cwd }),
    ...(caller.timeLimitMs === undefined ? {} : { timeLimitMs: caller.timeLimitMs }),
    ...(caller.mark === undefined ? {} : { mark: caller.mark }),
    ...(caller.signal === undefined ? {} : { signal: caller.signal }),
  };
}

/**
 * Runs a program to its end and returns what it wrote to stdout.
 * @throws EngineError `STORAGE_FULL`, `STORAGE_UNAVAILABLE`, `STORAGE_FAILED` with its message; `CANCELED`
 */
export async function runProgram(file: string, args: readonly string[], caller: ProgramCaller = {}): Promise<string> {
  try {
    const result = await runProcess(programRequest(file, args, caller));
    if (result.exitCode === 0) return result.stdout;
    throw programFailed(`${file} failed`, result.stderr === "" ? `exit code ${result.exitCode}` : result.stderr);
  } catch (error) {
    if (error instanceof EngineError && error.code === "HOST_COMMAND_FAILED")
      throw programFailed(`${file} could not be started`, error.message);
    throw error;
  }
}
