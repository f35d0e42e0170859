import { libs, logger, type RemoteConnection } from "@opendvp/plugin-sdk";
import type { RepositoryDefinition } from "./generated/definitions.ts";

/** One repository stands for all directory trees of a host. Trees are read with rsync, so a host without it has none. */
export async function discoverRepositories(connection: RemoteConnection): Promise<RepositoryDefinition[]> {
  const { exitCode, stdout } = await libs.runBash(connection, "rsync --version");
  if (exitCode !== 0) {
    logger.warning("rsync is not installed on %s: its directory trees cannot be read.", connection.environment.name);
    return [];
  }
  const version = /version (\S+)/.exec(stdout)?.[1];
  // The version is no part of the identity: the repository stays the same when rsync is upgraded.
  return [{ name: "Directory trees", ...(version === undefined ? {} : { rsyncVersion: version }) }];
}
