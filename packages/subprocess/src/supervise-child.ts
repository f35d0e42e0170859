import { Readable, type Duplex, type Writable } from "node:stream";
import { CHILD_VARIABLE } from "./child-command.ts";
import { endFamily } from "./end-with-descendants.ts";
import { findByVariable } from "./find-marked.ts";
import type { ProcessEntry } from "./process-table.ts";
import type { ProcessExit, ProcessInput, ProcessRequest, RunningProcess } from "./process-request.ts";
import type { SpawnedChild } from "./spawn-child.ts";

/** The engine's ends of a child's streams. */
export interface ChildStreams {
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly pipes: readonly Duplex[];
}

/** Feeds a child its input and ends it when its signal aborts or its time has passed. */
export function superviseChild(request: ProcessRequest, child: SpawnedChild, streams: ChildStreams): RunningProcess {
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= endChild(child, streams));
  const exited = exitOf(child);
  endAtLimits(request, exited, end);
  if (streams.stdin !== null) feed(streams.stdin, request.stdin);
  return { ...streams, pid: child.pid, stdin: request.stdin === undefined ? streams.stdin : null, exited, end };
}

function exitOf(child: SpawnedChild): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.process.once("exit", (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
}

/** A child that stops reading is no error: it says by its exit what it thinks. */
export function feed(stdin: Writable, input: ProcessInput | undefined): void {
  stdin.on("error", () => undefined);
  if (input instanceof Readable) {
    input.once("error", () => stdin.destroy());
    input.pipe(stdin);
  } else if (typeof input === "object") stdin.end(input.text);
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

async function endChild(child: SpawnedChild, streams: ChildStreams): Promise<void> {
  const { exitCode, signalCode } = child.process;
  const exited = exitCode === null && signalCode === null ? exitOf(child) : undefined;
  await endFamily((table) => [...sessionMembers(table, child), ...findByVariable(CHILD_VARIABLE, child.childId, table.keys())]);
  await exited;
  for (const stream of [streams.stdin, streams.stdout, streams.stderr, ...streams.pipes]) stream?.destroy();
}

/** A number is not given to a new process while a session has it, so a stranger under it means that the session is over. */
function* sessionMembers(table: ReadonlyMap<number, ProcessEntry>, { pid, entry }: SpawnedChild): Iterable<number> {
  const leader = table.get(pid);
  if (leader !== undefined && entry !== undefined && leader.startTime !== entry.startTime) return;
  for (const member of table.values()) if (member.session === pid || member.processGroup === pid) yield member.pid;
}
