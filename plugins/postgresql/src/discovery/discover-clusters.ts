import { libs, type RemoteConnection } from "@opendvp/plugin-sdk";
import type { RepositoryDefinition, SourceConfigDefinition } from "../generated/definitions.ts";
import findClustersScript from "./find-clusters.sh";
import { majorOf } from "./major-of.ts";

/** The clusters of an installation: those that it runs, and those of its major version that no other is seen to run. */
export async function discoverClusters(connection: RemoteConnection, repository: RepositoryDefinition): Promise<SourceConfigDefinition[]> {
  const { stdout } = await libs.runBash(connection, findClustersScript, { check: true });
  const clusters = new Map<string, SourceConfigDefinition>();
  for (const line of stdout.split("\n")) {
    const [major = "", binDirectory = "", cluster = "", port = "", socketDirectory = ""] = line.split("\t");
    if (cluster === "" || clusters.has(cluster)) continue;
    if (binDirectory === "" ? major !== majorOf(repository.version) : binDirectory !== repository.binDirectory) continue;
    clusters.set(cluster, {
      name: cluster.slice(-255),
      cluster,
      port: Number(port) > 0 ? Number(port) : 5432,
      ...(socketDirectory.startsWith("/") ? { socketDirectory } : {}),
    });
  }
  return [...clusters.values()];
}
