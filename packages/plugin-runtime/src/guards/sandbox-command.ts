import type { HostCommand } from "../language-host.ts";
import { SANDBOX_SCRIPT } from "./sandbox-script.ts";
import type { SandboxView } from "./sandbox-view.ts";

export interface Sandbox {
  readonly view: SandboxView;
  readonly uid: number;
  readonly groupEntries: readonly string[];
  /** As the process sees it. */
  readonly workingDirectory: string;
}

const NAMESPACES = ["--mount", "--pid", "--ipc", "--fork", "--kill-child", "--propagation", "slave"] as const;

/** The command that runs another one inside of a sandbox. */
export function sandboxCommand({ view, uid, groupEntries, workingDirectory }: Sandbox, command: HostCommand): HostCommand {
  const place = [...view.scriptArguments(), groupEntries.join("\n"), String(uid), workingDirectory];
  return { file: "unshare", args: [...NAMESPACES, "--", "sh", "-c", SANDBOX_SCRIPT, "sh", ...place, command.file, ...command.args] };
}
