import type { ProcessRequest, ProcessResult } from "./process-request.ts";
import { runHere } from "./run-here.ts";
import { canStartApart, ProcessStarter, type StarterProgram } from "./starter/process-starter.ts";

let starter: ProcessStarter | undefined;

/**
 * Runs a child to its end. A non-zero exit is a result, a signal too (128 + its number, as shells count).
 * Returns as soon as the child itself has exited; what it left running on purpose lives on.
 * Where a limit is passed or the signal aborts, the child and all its descendants are ended before this rejects.
 * @throws EngineError `TIME_LIMIT`, `CANCELED`, `PLUGIN_LIMIT` (output), `HOST_COMMAND_FAILED` (it cannot be started)
 */
export function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  return starter !== undefined && canStartApart(request) ? starter.run(request) : runHere(request);
}

/**
 * From now on a small process starts what `runProcess` runs. A start copies the page tables of whoever starts and holds
 * up all its work: 3 ms for every 100 MB, which an engine has, against half a millisecond.
 * Returns how to end that again.
 */
export function startProgramsApart(program?: StarterProgram): () => Promise<void> {
  const own = new ProcessStarter(program);
  starter = own;
  return async () => {
    if (starter === own) starter = undefined;
    await own.close();
  };
}
