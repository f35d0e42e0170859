import { appendFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { freePort, hasPostgresql, makeCluster, POSTGRESQL_PROGRAMS, type Cluster } from "@opendvp/testkit";
import { ENVIRONMENT_USER, isRoot } from "./environment-user.ts";

/** Where the newest PostgreSQL of this machine has its programs. */
export const BIN = POSTGRESQL_PROGRAMS ?? "";

export const canRun = isRoot && hasPostgresql;

/** A cluster of a test's own, run by the same user as the engine's commands: what would hurt it, may. */
export interface SourceCluster extends Pick<Cluster, "dataDirectory" | "port" | "start" | "stop" | "sql"> {
  readonly directory: string;
  readonly password: string;
  /** Appends to postgresql.conf or pg_hba.conf; counts after a reload or a restart. */
  configure(file: "postgresql.conf" | "pg_hba.conf", lines: string): Promise<void>;
}

export interface SourceOptions {
  /** Where it lies; removed with the test's directory. */
  readonly directory: string;
  readonly configuration?: string;
  /** Size of the WAL's segments; default: PostgreSQL's own. */
  readonly segmentMb?: number;
}

const PASSWORD = "it's a\\ :secret";

const ACCESS = [
  "local all boss trust",
  "host all all 127.0.0.1/32 scram-sha-256",
  "host replication keeper,plain 127.0.0.1/32 scram-sha-256",
];

/** Makes a cluster and starts it. */
export async function startSourceCluster({ directory, configuration = "", segmentMb = 16 }: SourceOptions): Promise<SourceCluster> {
  const settings = ["listen_addresses = '127.0.0.1'", "fsync = off", configuration];
  const user = { userName: ENVIRONMENT_USER, superuser: "boss" };
  const making = ["--locale=C", "--data-checksums", `--wal-segsize=${segmentMb}`];
  const cluster = await makeCluster({ directory, port: await freePort(), ...user, settings, access: ACCESS, making });
  await cluster.sql(`create role keeper login replication password '${PASSWORD.replaceAll("'", "''")}'`);
  return {
    ...cluster,
    directory,
    password: PASSWORD,
    configure: (file, lines) => appendFile(join(cluster.dataDirectory, file), `${lines}\n`),
  };
}

export interface Address {
  /** A host or a socket directory. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database?: string;
  readonly password?: string;
}

/** Runs SQL anywhere and gives the rows, columns parted by `|`. Rejects with what PostgreSQL says. */
export async function query({ host, port, user, database = "postgres", password }: Address, statement: string): Promise<string> {
  const args = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", host, "-p", String(port), "-U", user, "-d", database, "-c", statement];
  const secret = password === undefined ? [] : [`PGPASSWORD=${password}`];
  return (await asUser("env", [...secret, join(BIN, "psql"), ...args])).trimEnd();
}

/** Runs a program, one of PostgreSQL's first of all, as the user that the engine's commands run as. */
export async function asUser(program: string, args: readonly string[]): Promise<string> {
  const ours = join(BIN, program);
  const file = existsSync(ours) ? ours : program;
  const { exitCode, stdout, stderr } = await runProcess({ file: "runuser", args: ["-u", ENVIRONMENT_USER, "--", file, ...args], cwd: "/" });
  if (exitCode !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${exitCode}: ${stderr}${stdout}`);
  return stdout;
}
