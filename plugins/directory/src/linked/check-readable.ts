import { libs, PluginScriptError, UserError, type RemoteConnection } from "@opendvp/plugin-sdk";
import checkReadableScript from "./check-readable.sh";

/**
 * Looks at the top of the tree before anything is copied, so that the user reads what to mend. What cannot be read
 * further down is named by the copy itself.
 */
export async function checkReadable(connection: RemoteConnection, path: string): Promise<void> {
  const result = await libs.runBash(connection, checkReadableScript, { variables: { TREE: path } });
  const user = connection.user.name;
  const host = connection.environment.name;
  switch (result.exitCode) {
    case 0:
      return;
    case 10:
      throw new UserError(
        `There is no directory ${path} on ${host}, or ${user} cannot get to it.`,
        `Correct the path of the source, or let ${user} enter each directory on the way to it.`,
      );
    case 11:
      throw new UserError(`${path} on ${host} is not a directory.`, "Correct the path of the source: name the top of a directory tree.");
    case 12:
      throw new UserError(
        `${user} may not read ${path} on ${host}.`,
        `Let ${user} read and enter it and what is below it, or link it with an environment user who may.`,
      );
    default:
      throw new PluginScriptError(result.exitCode, result.stdout, result.stderr);
  }
}
