import { Duplex, type Readable } from "node:stream";
import { EngineError } from "@opendvp/model";
import type { ProcessRequest, RunningProcess } from "./process-request.ts";
import { spawnChild } from "./spawn-child.ts";
import { superviseChild } from "./supervise-child.ts";

/**
 * Starts a child in a session of its own. An aborted signal or a passed time limit ends it as `end` does.
 * @throws EngineError `HOST_COMMAND_FAILED` where it cannot be started
 */
export function startProcess(request: ProcessRequest): RunningProcess {
  const extra = Array.from({ length: request.extraPipes ?? 0 }, () => "pipe" as const);
  const child = spawnChild(request, [request.stdin === "ignore" ? "ignore" : "pipe", "pipe", "pipe", ...extra]);
  const { stdin, stdout, stderr, stdio } = child.process;
  return superviseChild(request, child, {
    stdin,
    stdout: present(stdout),
    stderr: present(stderr),
    pipes: stdio.slice(3).filter((stream) => stream instanceof Duplex),
  });
}

/** Node leaves out only the streams that were not asked for. */
function present(stream: Readable | null): Readable {
  if (stream === null) throw new EngineError("INTERNAL", "A child was started without an output stream");
  return stream;
}
