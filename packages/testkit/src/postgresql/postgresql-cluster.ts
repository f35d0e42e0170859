import { existsSync } from "node:fs";
import { chmod, chown, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess, type ProcessUser } from "@opendvp/subprocess";
import { cleanUpLeftovers } from "../leftovers/clean-up-leftovers.ts";
import { removeTestDirectory } from "../leftovers/remove-test-directory.ts";
import { makeTestDirectory } from "../leftovers/test-directory.ts";

const PROGRAMS = "/usr/lib/postgresql/15/bin";
const SUPERUSER = "postgres";
/** The server of a cluster listens on no network, so that its number only names the socket. */
const PORT = 5432;

/** Whether PostgreSQL 15 is on this machine. */
export const hasPostgresql = existsSync(join(PROGRAMS, "initdb"));

/** A PostgreSQL server of a test's own, in a directory that is removed with it. */
export interface PostgresqlCluster {
  /** Holds the server's socket. */
  readonly socketDirectory: string;
  /** As `openPostgresqlCatalog` takes it. */
  address(database: string, user?: string): string;
  /** Runs statements as the superuser, in a database; gives what they print. */
  sql(statement: string, database?: string): Promise<string>;
  start(): Promise<void>;
  /** Sessions are cut off, as when an administrator restarts it; `immediate` is a crash. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
  dispose(): Promise<void>;
}

interface ClusterRequest {
  /** Of pg_hba.conf, for everybody but the superuser; default: trust. */
  readonly authentication?: string;
}

/** Makes a cluster as a user that is not root, and starts it. What a killed run left is removed before. */
export async function startPostgresqlCluster({ authentication = "trust" }: ClusterRequest = {}): Promise<PostgresqlCluster> {
  await cleanUpLeftovers();
  const directory = await makeTestDirectory();
  try {
    const cluster = await createCluster(directory, await serverUser());
    await cluster.authenticate(authentication);
    await cluster.start();
    return cluster;
  } catch (error) {
    await removeTestDirectory(directory);
    throw error;
  }
}

async function createCluster(directory: string, asUser: ProcessUser | undefined): Promise<PostgresqlCluster & Authenticating> {
  const [data, socketDirectory] = [join(directory, "data"), join(directory, "socket")];
  for (const path of [data, socketDirectory]) {
    await mkdir(path);
    if (asUser !== undefined) await chown(path, asUser.uid, asUser.gid);
  }
  await chmod(data, 0o700);
  const run = (program: string, args: readonly string[]): Promise<string> => succeed(join(PROGRAMS, program), args, asUser);
  // A language whose order is not that of code points, as many servers have one.
  const language = ["--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en"];
  await run("initdb", ["--pgdata", data, "--username", SUPERUSER, "--auth", "trust", "--no-sync", ...language]);
  const settings = [
    "listen_addresses=",
    `unix_socket_directories=${socketDirectory}`,
    `port=${PORT}`,
    "fsync=off",
    "shared_buffers=16MB",
    "max_connections=50",
  ];
  const options = settings.map((setting) => `-c ${setting}`).join(" ");
  return {
    socketDirectory,
    address: (database, user = SUPERUSER) => `postgresql://${user}@/${database}?host=${socketDirectory}`,
    sql: (statement, database = "postgres") =>
      run("psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", socketDirectory, "-U", SUPERUSER, "-d", database, "-c", statement]),
    authenticate: (method) => writeFile(join(data, "pg_hba.conf"), `local all ${SUPERUSER} trust\nlocal all all ${method}\n`),
    start: async () => {
      await run("pg_ctl", ["start", "--wait", "--silent", "--pgdata", data, "--log", join(data, "server.log"), "--options", options]);
    },
    stop: async (mode = "fast") => {
      await run("pg_ctl", ["stop", "--wait", "--silent", "--pgdata", data, "--mode", mode]);
    },
    dispose: () => removeTestDirectory(directory),
  };
}

interface Authenticating {
  authenticate(method: string): Promise<void>;
}

/** PostgreSQL refuses to run as root. */
async function serverUser(): Promise<ProcessUser | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  for (const userName of [SUPERUSER, "nobody"]) {
    const line = (await runProcess({ file: "getent", args: ["passwd", userName] })).stdout;
    const [, , uid, gid] = line.split(":");
    if (uid !== undefined && gid !== undefined) return { userName, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("There is neither a user postgres nor nobody to run a server as.");
}

async function succeed(file: string, args: readonly string[], asUser: ProcessUser | undefined): Promise<string> {
  const result = await runProcess({ file, args, cwd: "/", ...(asUser === undefined ? {} : { asUser }) });
  if (result.exitCode !== 0) throw new Error(`${file} ${args.join(" ")}: ${result.stderr}`);
  return result.stdout.trim();
}
