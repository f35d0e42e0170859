import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { cleanUpLeftovers } from "../leftovers/clean-up-leftovers.ts";
import { removeTestDirectory } from "../leftovers/remove-test-directory.ts";
import { makeTestDirectory } from "../leftovers/test-directory.ts";
import { makeCluster, type Cluster } from "./make-cluster.ts";

const SUPERUSER = "postgres";
/** The server of a cluster listens on no network, so that its number only names the socket. */
const PORT = 5432;
/** A language whose order is not that of code points, as many servers have one. */
const LANGUAGE = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"];
const SETTINGS = ["listen_addresses = ''", "fsync = off", "shared_buffers = 16MB", "max_connections = 50"];

/** A PostgreSQL server of a test's own, in a directory that is removed with it. */
export interface PostgresqlCluster extends Pick<Cluster, "socketDirectory" | "sql" | "start" | "stop"> {
  /** As `openPostgresqlCatalog` takes it. */
  address(database: string, user?: string): string;
  dispose(): Promise<void>;
}

interface PostgresqlClusterRequest {
  /** Of pg_hba.conf, for everybody but the superuser; default: trust. */
  readonly authentication?: string;
}

/** Makes a cluster as a user that is not root, and starts it. What a killed run left is removed before. */
export async function startPostgresqlCluster({ authentication = "trust" }: PostgresqlClusterRequest = {}): Promise<PostgresqlCluster> {
  await cleanUpLeftovers();
  const directory = await makeTestDirectory();
  try {
    const cluster = await makeCluster({
      directory: join(directory, "server"),
      port: PORT,
      userName: await serverUser(),
      superuser: SUPERUSER,
      settings: SETTINGS,
      access: [`local all ${SUPERUSER} trust`, `local all all ${authentication}`],
      making: LANGUAGE,
    });
    const { socketDirectory, sql, start, stop } = cluster;
    return {
      ...{ socketDirectory, sql, start, stop },
      address: (database, user = SUPERUSER) => `postgresql://${user}@/${database}?host=${socketDirectory}`,
      dispose: () => removeTestDirectory(directory),
    };
  } catch (error) {
    await removeTestDirectory(directory);
    throw error;
  }
}

/** Who runs servers on most machines, else a user that every machine has. */
async function serverUser(): Promise<string> {
  const { exitCode } = await runProcess({ file: "getent", args: ["passwd", SUPERUSER] });
  return exitCode === 0 ? SUPERUSER : "nobody";
}
