import type { ProcessExit } from "@opendvp/subprocess";
import type { Launched } from "../guards/launcher.ts";
import type { LanguageHost } from "../language-host.ts";
import { died, outOfMemory, outOfProcesses, type Downfall } from "./downfall.ts";

export interface EndedProcess {
  readonly launched: Launched;
  readonly host: LanguageHost;
  readonly exit: ProcessExit;
  /** The last that it wrote there. */
  readonly stderr: string;
  readonly memoryLimitBytes: number;
  readonly processLimit: number;
}

/** The limit that a process ran into, where the machine or its language tells of one; else how it ended. */
export function whyItEnded({ launched, host, exit, stderr, memoryLimitBytes, processLimit }: EndedProcess): Downfall {
  if (launched.wasOutOfMemory() || host.ranOutOfMemory({ exit, stderr })) return outOfMemory(memoryLimitBytes);
  return launched.wasOutOfProcesses() ? outOfProcesses(exit, processLimit) : died(exit);
}
