import type { HostCommand } from "../language-host.ts";
import { ENTRY_SCRIPT, OUTER_SCRIPT } from "./sandbox-script.ts";
import type { SandboxView } from "./sandbox-view.ts";

export interface Sandbox {
  readonly view: SandboxView;
  /** 0: the engine's own user, in a user namespace, where it is not root. */
  readonly uid: number;
  readonly groupEntries: readonly string[];
  /** Processes and threads of its user; undefined where the kernel would count those of others with them. */
  readonly processLimit: number | undefined;
  /** As the process sees it. */
  readonly workingDirectory: string;
}

const NAMESPACES = ["--mount", "--pid", "--ipc", "--propagation", "slave"] as const;
const USER_NAMESPACE = ["--user", "--map-root-user"] as const;
/** A new user namespace forgets that its process is to end with its parent. */
const WITH_PARENT = ["setpriv", "--pdeathsig", "KILL", "--"] as const;
const DESCRIPTOR_LIMIT = 4096;

/** The command that runs another one inside of a sandbox. */
export function sandboxCommand(sandbox: Sandbox, command: HostCommand): HostCommand {
  const { view, uid, groupEntries, workingDirectory } = sandbox;
  const place = [...view.scriptArguments(), groupEntries.join("\n"), limitArguments(sandbox).join("\n"), String(uid), workingDirectory];
  const namespaces = uid === 0 ? [...USER_NAMESPACE, ...NAMESPACES, "--", ...WITH_PARENT] : [...NAMESPACES, "--"];
  return { file: "unshare", args: [...namespaces, "sh", "-c", OUTER_SCRIPT, "sh", ENTRY_SCRIPT, ...place, command.file, ...command.args] };
}

function limitArguments({ processLimit }: Sandbox): readonly string[] {
  const limits = ["--core=1:1", `--nofile=${DESCRIPTOR_LIMIT}:${DESCRIPTOR_LIMIT}`];
  return processLimit === undefined ? limits : [...limits, `--nproc=${processLimit}:${processLimit}`];
}
