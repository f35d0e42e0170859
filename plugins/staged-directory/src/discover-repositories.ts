import { libs, logger, type RemoteConnection } from "@opendvp/plugin-sdk";
import type { RepositoryDefinition } from "./generated/definitions.ts";

/** One repository stands for all directory trees of a host, where the programs are that staging needs. */
export async function discoverRepositories(connection: RemoteConnection): Promise<RepositoryDefinition[]> {
  const { exitCode } = await libs.runBash(connection, "command -v rsync && command -v flock");
  if (exitCode === 0) return [{ name: "Staged directory trees" }];
  logger.warning("rsync or flock is not installed on %s: directory trees cannot be staged there.", connection.environment.name);
  return [];
}
