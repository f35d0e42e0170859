import { Socket } from "node:net";
import { closeDescriptor, takePipes, type ChildEnd, type Pipe } from "./pipe-pool.ts";
import type { ProcessRequest, RunningProcess } from "./process-request.ts";
import { spawnChild, type SpawnedChild } from "./spawn-child.ts";
import { feed, superviseChild } from "./supervise-child.ts";

/** Starts a child whose streams it may open again by name, with texts to read from descriptor 3 on. */
export async function startWithPipes(request: ProcessRequest, inputTexts: readonly string[]): Promise<RunningProcess> {
  const hasInput = request.stdin !== "ignore";
  const childEnds: ChildEnd[] = ["WRITES", "WRITES", ...inputTexts.map(() => "READS" as const), ...(hasInput ? ["READS" as const] : [])];
  const [out, err, ...inputs] = await takePipes(childEnds, request.asUser);
  if (out === undefined || err === undefined) throw new Error("unreachable: as many pipes come as were asked for");
  const texts = inputs.slice(0, inputTexts.length);
  const stdin = inputs[inputTexts.length];

  const child = spawnOn(request, { stdin, out, err, texts });
  const writers = texts.map((pipe) => writerOf(pipe));
  writers.forEach((writer, index) => {
    feed(writer, { text: inputTexts[index] ?? "" });
  });
  const running = superviseChild(request, child, {
    stdin: stdin === undefined ? null : writerOf(stdin),
    stdout: readerOf(out),
    stderr: readerOf(err),
    pipes: [],
  });
  void running.exited.then(() => {
    for (const writer of writers) writer.destroy();
  });
  return running;
}

interface ChildPipes {
  readonly stdin: Pipe | undefined;
  readonly out: Pipe;
  readonly err: Pipe;
  readonly texts: readonly Pipe[];
}

/** Hands the child its ends and keeps only ours open. */
function spawnOn(request: ProcessRequest, { stdin, out, err, texts }: ChildPipes): SpawnedChild {
  const inputs = stdin === undefined ? texts : [stdin, ...texts];
  let isSpawned = false;
  try {
    const child = spawnChild(request, [stdin?.readEnd ?? "ignore", out.writeEnd, err.writeEnd, ...texts.map((pipe) => pipe.readEnd)]);
    isSpawned = true;
    return child;
  } finally {
    for (const pipe of inputs) closeDescriptor(pipe.readEnd);
    for (const pipe of [out, err]) closeDescriptor(pipe.writeEnd);
    if (!isSpawned) {
      for (const pipe of inputs) closeDescriptor(pipe.writeEnd);
      for (const pipe of [out, err]) closeDescriptor(pipe.readEnd);
    }
  }
}

function writerOf(pipe: Pipe): Socket {
  return new Socket({ fd: pipe.writeEnd, readable: false, writable: true });
}

function readerOf(pipe: Pipe): Socket {
  return new Socket({ fd: pipe.readEnd, readable: true, writable: false });
}
