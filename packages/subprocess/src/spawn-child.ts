import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { EngineError } from "@opendvp/model";
import { childCommand } from "./child-command.ts";
import { readProcess, type ProcessEntry } from "./process-table.ts";
import type { ProcessRequest } from "./process-request.ts";

/** A child together with what tells it and its own from all other processes. */
export interface SpawnedChild {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The value of `OPENDVP_CHILD` in it and in what it starts. */
  readonly childId: string;
  /** Undefined where it was gone before it could be looked at. */
  readonly entry: ProcessEntry | undefined;
}

/** @throws EngineError `HOST_COMMAND_FAILED` */
export function spawnChild(request: ProcessRequest, stdio: StdioOptions): SpawnedChild {
  const childId = randomUUID();
  const command = childCommand(request, childId);
  let child: ChildProcess;
  try {
    // Detached: a session and process group of its own.
    child = spawn(command.file, command.args, { cwd: request.cwd, env: command.env, stdio, detached: true });
  } catch (error) {
    throw cannotStart(request, error);
  }
  // A failed start shows in the missing pid, which is known at once; the event comes too late to be thrown.
  child.on("error", () => undefined);
  if (child.pid === undefined) throw cannotStart(request);
  return { process: child, pid: child.pid, childId, entry: readProcess(child.pid) };
}

function cannotStart(request: ProcessRequest, cause?: unknown): EngineError {
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new EngineError("HOST_COMMAND_FAILED", `Cannot start the program ${basename(request.file)}${code}`, {
    action: `Check that ${request.file} is installed and executable, and that its working directory ${request.cwd ?? "of the engine"} exists.`,
    details: { file: request.file },
    cause,
  });
}
