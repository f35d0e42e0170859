import type { HostCommand } from "../language-host.ts";
import { SANDBOX_SCRIPT } from "./sandbox-script.ts";
import type { SandboxView } from "./sandbox-view.ts";

export interface Sandbox {
  readonly view: SandboxView;
  /** 0: the engine's own user, in a user namespace, where it is not root. */
  readonly uid: number;
  readonly groupEntries: readonly string[];
  /** As the process sees it. */
  readonly workingDirectory: string;
}

const NAMESPACES = ["--mount", "--pid", "--ipc", "--fork", "--kill-child", "--propagation", "slave"] as const;
const USER_NAMESPACE = ["--user", "--map-root-user"] as const;

/** The command that runs another one inside of a sandbox. */
export function sandboxCommand({ view, uid, groupEntries, workingDirectory }: Sandbox, command: HostCommand): HostCommand {
  const place = [...view.scriptArguments(), groupEntries.join("\n"), String(uid), workingDirectory];
  const namespaces = uid === 0 ? [...USER_NAMESPACE, ...NAMESPACES] : NAMESPACES;
  return { file: "unshare", args: [...namespaces, "--", "sh", "-c", SANDBOX_SCRIPT, "sh", ...place, command.file, ...command.args] };
}
