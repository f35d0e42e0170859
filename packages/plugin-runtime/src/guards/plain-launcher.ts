import { startProcess } from "@opendvp/subprocess";
import type { LaunchRequest, Launched, Launcher } from "./launcher.ts";

/** Plugin processes as ordinary children of the engine: what is possible without root. Their memory is watched, not limited. */
export function createPlainLauncher(options: Pick<Launcher, "memoryLimitBytes" | "processLimit" | "missingGuards">): Launcher {
  return {
    ...options,
    isMemoryLimited: false,
    close: () => Promise.resolve(),
    launch({ program, sourceDirectory }: LaunchRequest): Promise<Launched> {
      const command = program.command({ show: (hostPath) => hostPath, showInPlace: () => undefined }, options);
      const process = startProcess({
        file: command.file,
        args: command.args,
        cwd: sourceDirectory,
        stdin: "ignore",
        extraPipes: 2,
        diesWithEngine: true,
      });
      return Promise.resolve({
        process,
        sourceDirectory,
        isContained: false,
        wasOutOfMemory: () => false,
        wasOutOfProcesses: () => false,
        release: () => Promise.resolve(),
      });
    },
  };
}
