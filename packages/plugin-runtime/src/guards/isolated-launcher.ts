import { startProcess, type RunningProcess } from "@opendvp/subprocess";
import type { ControlGroup, ControlGroups } from "./control-group.ts";
import type { LaunchRequest, Launched, Launcher } from "./launcher.ts";
import { sandboxCommand } from "./sandbox-command.ts";
import { SandboxView } from "./sandbox-view.ts";
import type { Uids } from "./uid-range.ts";

export interface IsolatedLauncherOptions {
  /** An empty directory of the engine; every process mounts its own root there, in its own namespace. */
  readonly rootDirectory: string;
  readonly hiddenDirectories: readonly string[];
  readonly uids: Uids;
  readonly memoryLimitBytes: number;
  readonly processLimit: number;
  /** Whether the kernel counts the processes of a plugin's user apart from those of others. */
  readonly countsByUser: boolean;
  /** Undefined where none can be made. */
  readonly controlGroups: ControlGroups | undefined;
  readonly missingGuards: readonly string[];
  readonly close: () => Promise<void>;
}

/** What one process holds besides itself. */
interface Holdings {
  readonly uid: number;
  readonly group: ControlGroup | undefined;
}

/** Plugin processes with namespaces, a file system, a user and limits of their own, as far as the engine may give them. */
export function createIsolatedLauncher(options: IsolatedLauncherOptions): Launcher {
  const { uids, controlGroups } = options;
  return {
    missingGuards: options.missingGuards,
    memoryLimitBytes: options.memoryLimitBytes,
    processLimit: options.processLimit,
    isMemoryLimited: controlGroups !== undefined,
    close: options.close,
    async launch(request: LaunchRequest): Promise<Launched> {
      const uid = uids.take();
      let group: ControlGroup | undefined;
      try {
        group = await controlGroups?.create(options);
        return launched(options, request, { uid, group });
      } catch (error) {
        uids.giveBack(uid);
        await group?.remove();
        throw error;
      }
    },
  };
}

function launched(options: IsolatedLauncherOptions, request: LaunchRequest, { uid, group }: Holdings): Launched {
  const view = new SandboxView(options.rootDirectory, options.hiddenDirectories);
  const sourceDirectory = view.show(request.sourceDirectory, "plugin");
  const command = request.program.command(view, options);
  const processLimit = options.countsByUser ? options.processLimit : undefined;
  const sandbox = { view, uid, groupEntries: group?.entries ?? [], processLimit, workingDirectory: sourceDirectory };
  const process: RunningProcess = startProcess({
    ...sandboxCommand(sandbox, command),
    cwd: "/",
    stdin: "ignore",
    extraPipes: 2,
    diesWithEngine: true,
  });
  return {
    process,
    sourceDirectory,
    isContained: true,
    wasOutOfMemory: () => group?.wasOutOfMemory() ?? false,
    wasOutOfProcesses: () => group?.wasOutOfProcesses() ?? false,
    async release() {
      options.uids.giveBack(uid);
      await group?.remove();
    },
  };
}
