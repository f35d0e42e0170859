import { freePort, makeCluster, type Cluster } from "@opendvp/testkit";
import { ENVIRONMENT_USER } from "../../../e2e/engine-under-test/index.ts";

const SUPERUSER = "boss";

/** Makes a cluster and fills it with data of pgbench: about 15 MB for each unit of scale. It ends with its directory. */
export async function makeSourceCluster(directory: string, scale: number): Promise<Cluster> {
  const cluster = await makeCluster({
    directory,
    port: await freePort(),
    userName: ENVIRONMENT_USER,
    superuser: SUPERUSER,
    settings: ["listen_addresses = '127.0.0.1'"],
    access: ["local all all trust", "local replication all trust"],
  });
  await cluster.run("pgbench", ["-i", "-q", "-s", String(scale), "-h", directory, "-p", String(cluster.port), "-U", SUPERUSER, "postgres"]);
  return cluster;
}
