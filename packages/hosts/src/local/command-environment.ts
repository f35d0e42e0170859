import { access, constants } from "node:fs/promises";
import type { HostUser } from "./host-users.ts";

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What every command finds in its environment, like after a fresh login. */
export async function commandEnvironment(user: HostUser): Promise<Record<string, string>> {
  const jq = await findProgram("jq");
  return {
    HOME: user.home,
    USER: user.userName,
    LOGNAME: user.userName,
    SHELL: user.shell,
    PATH,
    ...(jq === undefined ? {} : { DLPX_BIN_JQ: jq }),
  };
}

/** The whole path of a program that every user can reach. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const directory of PATH.split(":")) {
    const path = `${directory}/${name}`;
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
