import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { Duplex, Readable, type Writable } from "node:stream";
import { EngineError } from "@opendvp/model";
import { CHILD_VARIABLE, childCommand } from "./child-command.ts";
import { endFamily } from "./end-with-descendants.ts";
import { findByVariable } from "./find-marked.ts";
import { readProcess, type ProcessEntry } from "./process-table.ts";
import type { ProcessExit, ProcessRequest, RunningProcess } from "./process-request.ts";

/**
 * Starts a child in a session of its own. An aborted signal or a passed time limit ends it as `end` does.
 * @throws EngineError `HOST_COMMAND_FAILED` where it cannot be started
 */
export function startProcess(request: ProcessRequest): RunningProcess {
  const childId = randomUUID();
  const child = spawnChild(request, childId);
  const pid = child.pid;
  if (pid === undefined || child.stdout === null || child.stderr === null) throw cannotStart(request);

  const started = readProcess(pid);
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= endChild(child, { pid, started, childId }));
  const exited = exitOf(child);
  endAtLimits(request, exited, end);
  feedInput(child.stdin, request.stdin);
  return {
    pid,
    stdin: request.stdin === undefined ? child.stdin : null,
    stdout: child.stdout,
    stderr: child.stderr,
    pipes: child.stdio.slice(3).filter((stream) => stream instanceof Duplex),
    exited,
    end,
  };
}

function spawnChild(request: ProcessRequest, childId: string): ChildProcess {
  const command = childCommand(request, childId);
  const input = request.stdin === "ignore" ? "ignore" : "pipe";
  const extra = Array.from({ length: request.extraPipes ?? 0 }, () => "pipe" as const);
  try {
    const child = spawn(command.file, command.args, {
      cwd: request.cwd,
      env: command.env,
      stdio: [input, "pipe", "pipe", ...extra],
      detached: true,
    });
    // A failed start is told by the missing pid; later errors of a child come as its exit.
    child.on("error", () => undefined);
    return child;
  } catch (error) {
    throw cannotStart(request, error);
  }
}

function cannotStart(request: ProcessRequest, cause?: unknown): EngineError {
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new EngineError("HOST_COMMAND_FAILED", `Cannot start the program ${basename(request.file)}${code}`, {
    action: `Check that ${request.file} is installed and executable, and that its working directory ${request.cwd ?? "of the engine"} exists.`,
    details: { file: request.file },
  });
}

function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once("exit", (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
}

/** A child that stops reading is no error: it says by its exit what it thinks. */
function feedInput(stdin: Writable | null, input: ProcessRequest["stdin"]): void {
  if (stdin === null) return;
  stdin.on("error", () => undefined);
  if (typeof input === "string") stdin.end(input);
  else if (input instanceof Readable) {
    input.once("error", () => stdin.destroy());
    input.pipe(stdin);
  }
}

function endAtLimits(request: ProcessRequest, exited: Promise<ProcessExit>, end: () => Promise<void>): void {
  const endNow = (): void => {
    end().catch(() => undefined);
  };
  const timer = request.timeLimitMs === undefined ? undefined : setTimeout(endNow, request.timeLimitMs);
  if (request.signal?.aborted === true) endNow();
  request.signal?.addEventListener("abort", endNow, { once: true });
  void exited.then(() => {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", endNow);
  });
}

interface ChildIdentity {
  readonly pid: number;
  readonly started: ProcessEntry | undefined;
  readonly childId: string;
}

async function endChild(child: ChildProcess, identity: ChildIdentity): Promise<void> {
  await endFamily((table) => [...sessionMembers(table, identity), ...findByVariable(CHILD_VARIABLE, identity.childId)]);
  if (child.exitCode === null && child.signalCode === null) await exitOf(child);
  for (const stream of child.stdio) stream?.destroy();
}

/** A number is not given to a new process while a session has it, so a stranger under it means that the session is over. */
function* sessionMembers(table: ReadonlyMap<number, ProcessEntry>, { pid, started }: ChildIdentity): Iterable<number> {
  const leader = table.get(pid);
  if (leader !== undefined && started !== undefined && leader.startTime !== started.startTime) return;
  for (const entry of table.values()) if (entry.session === pid || entry.processGroup === pid) yield entry.pid;
}
