import { once } from "node:events";
import { close, constants, fchownSync, fstatSync, openSync, readSync } from "node:fs";
import { EngineError } from "@opendvp/model";
import { startProcess } from "./start-process.ts";

/** One pipe, by a descriptor for each of its ends. */
export interface Pipe {
  readonly readEnd: number;
  readonly writeEnd: number;
}

/** Which end the child gets; it blocks there, the engine never does. */
export type ChildEnd = "READS" | "WRITES";

const BATCH_SIZE = 32;

/** Descriptors, each open for both directions, that hold pipes nobody uses yet. */
const spare: number[] = [];
let filling: Promise<void> | undefined;

/**
 * Node connects children by sockets, which Linux lets nobody open again: `echo x > /dev/stderr` fails on one.
 * These are pipes, owned by the user who is to open them.
 */
export async function takePipes(
  childEnds: readonly ChildEnd[],
  owner: { readonly uid: number; readonly gid: number } | undefined,
): Promise<Pipe[]> {
  while (spare.length < childEnds.length) await (filling ??= fill().finally(() => (filling = undefined)));
  return spare.splice(0, childEnds.length).map((holder, index) => {
    if (owner !== undefined) fchownSync(holder, owner.uid, owner.gid);
    return openEnds(holder, childEnds[index] ?? "READS");
  });
}

/** Gives a descriptor back without waiting. */
export function closeDescriptor(fd: number): void {
  close(fd, () => undefined);
}

function openEnds(holder: number, childEnd: ChildEnd): Pipe {
  const path = `/proc/self/fd/${String(holder)}`;
  const engineMode = constants.O_NONBLOCK;
  try {
    return {
      readEnd: openSync(path, constants.O_RDONLY | (childEnd === "READS" ? 0 : engineMode)),
      writeEnd: openSync(path, constants.O_WRONLY | (childEnd === "WRITES" ? 0 : engineMode)),
    };
  } finally {
    closeDescriptor(holder);
  }
}

// Node cannot make a pipe. A shell can, and what it holds can be opened through /proc while it waits for its input to
// end. A newer bash makes a pipe for a short here-string, without starting anything; there is a newline in it.
const MAKE_PIPES = `
for _ in {1..${String(BATCH_SIZE)}}; do
  if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then exec {fd}<<< ''; else exec {fd}< <(echo); fi
  fds+=" $fd"
done
echo "$fds"
read -r _`;

async function fill(): Promise<void> {
  const maker = startProcess({ file: "bash", args: ["-c", MAKE_PIPES], diesWithEngine: true });
  const answer = await Promise.race([once(maker.stdout, "data"), maker.exited]);
  const fds = Array.isArray(answer) ? String(answer[0]).trim().split(" ") : [];
  try {
    for (const fd of fds) spare.push(openEmptied(`/proc/${String(maker.pid)}/fd/${fd}`));
  } finally {
    maker.stdin?.end();
  }
  if (fds.length === 0) throw cannotMakePipes();
}

function openEmptied(path: string): number {
  const holder = openSync(path, constants.O_RDWR);
  readSync(holder, Buffer.alloc(1));
  if (fstatSync(holder).isFIFO()) return holder;
  closeDescriptor(holder);
  throw cannotMakePipes();
}

function cannotMakePipes(): EngineError {
  return new EngineError("HOST_COMMAND_FAILED", "bash cannot make pipes", { action: "Check that bash works and /proc is mounted." });
}
