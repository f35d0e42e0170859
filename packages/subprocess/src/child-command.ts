import { EngineError } from "@opendvp/model";
import { MARK_VARIABLE } from "./find-marked.ts";
import type { ProcessRequest } from "./process-request.ts";

/** Identifies one child and all that it starts, also after its descendants have left its session. */
export const CHILD_VARIABLE = "OPENDVP_CHILD";

const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

// By its whole path: it starts as root, and the PATH is the caller's.
export const SETPRIV = "/usr/bin/setpriv";

export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The program as it is really started: through setpriv where a user or the engine's death matter. */
export function childCommand(request: ProcessRequest, childId: string): ChildCommand {
  const env = childEnvironment(request, childId);
  const privileges = privilegeArguments(request);
  if (privileges.length === 0) return { file: request.file, args: request.args, env };
  return { file: SETPRIV, args: [...privileges, "--", request.file, ...request.args], env };
}

function childEnvironment(request: ProcessRequest, childId: string): Record<string, string> {
  return {
    PATH: DEFAULT_PATH,
    LANG: process.env["LANG"] ?? "C.UTF-8",
    ...request.env,
    [CHILD_VARIABLE]: childId,
    ...(request.mark === undefined ? {} : { [MARK_VARIABLE]: request.mark }),
  };
}

function privilegeArguments(request: ProcessRequest): string[] {
  const args: string[] = [];
  const user = request.asUser;
  if (user !== undefined && user.uid !== process.getuid?.()) {
    refuseLoaderVariables(request.env ?? {});
    args.push("--reuid", String(user.uid), "--regid", String(user.gid), "--init-groups");
  }
  if (request.diesWithEngine === true) args.push("--pdeathsig", "KILL");
  return args;
}

/** What makes the dynamic linker or the C library load or write files: setpriv still runs as root when it sees them. */
const LOADER_VARIABLE =
  /^(LD_.*|GCONV_PATH|GETCONF_DIR|GLIBC_TUNABLES|HOSTALIASES|LOCALDOMAIN|LOCPATH|MALLOC_.*|NIS_PATH|NLSPATH|RESOLV_.*|RES_OPTIONS)$/;

function refuseLoaderVariables(env: Readonly<Record<string, string>>): void {
  const name = Object.keys(env).find((key) => LOADER_VARIABLE.test(key));
  if (name === undefined) return;
  throw new EngineError("INPUT_INVALID", `The variable ${name} cannot be handed to a command that changes its user`, {
    action: "Set it inside of the command instead.",
  });
}
