import type { ProcessExit } from "@opendvp/subprocess";
import type { Launched } from "../guards/launcher.ts";
import type { HostProgram } from "../language-host.ts";
import { died, outOfMemory, outOfProcesses, type Downfall } from "./downfall.ts";

/** A process with the limits that it may run into. */
interface LimitedProcess {
  readonly launched: Launched;
  readonly program: HostProgram;
  readonly memoryLimitBytes: number;
  readonly processLimit: number;
}

/** The limit that a process ran into, where the machine or its language tells of one; else how it ended. */
export function whyItEnded(process: LimitedProcess, end: { readonly exit: ProcessExit; readonly stderr: string }): Downfall {
  const { launched, program, memoryLimitBytes } = process;
  if (launched.wasOutOfMemory() || program.ranOutOfMemory(end)) return outOfMemory(memoryLimitBytes, "was ended");
  const death = died(end.exit);
  return launched.wasOutOfProcesses() ? outOfProcesses(process.processLimit, death.what) : death;
}

/** The limit behind an error that the plugin does not know the reason of: a child was ended, or could not be started. */
export function limitBehind({ launched, memoryLimitBytes, processLimit }: LimitedProcess, said: string): Downfall | undefined {
  const failed = `failed with ${JSON.stringify(said)}`;
  if (launched.wasOutOfMemory()) return outOfMemory(memoryLimitBytes, failed);
  return launched.wasOutOfProcesses() ? outOfProcesses(processLimit, failed) : undefined;
}
