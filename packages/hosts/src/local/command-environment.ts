import { accessSync, constants } from "node:fs";
import type { HostUser } from "./host-users.ts";

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What every command finds in its environment, like after a fresh login. */
export function commandEnvironment(user: HostUser): Record<string, string> {
  const jq = findProgram("jq");
  return {
    HOME: user.home,
    USER: user.userName,
    LOGNAME: user.userName,
    SHELL: user.shell,
    PATH,
    ...(jq === undefined ? {} : { DLPX_BIN_JQ: jq }),
  };
}

/** The whole path of a program that every user can reach. A handful of lookups in the kernel's cache: nothing to wait for. */
export function findProgram(name: string): string | undefined {
  return PATH.split(":")
    .map((directory) => `${directory}/${name}`)
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
