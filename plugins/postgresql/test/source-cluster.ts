import { appendFile, mkdir } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { ENVIRONMENT_USER, isRoot } from "../../../e2e/engine-under-test/index.ts";

const HOMES = "/usr/lib/postgresql";

/** Where the newest PostgreSQL of this machine has its programs; undefined without one. */
export const BIN = existsSync(HOMES)
  ? readdirSync(HOMES)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(HOMES, version, "bin"))
      .find((bin) => existsSync(join(bin, "postgres")))
  : undefined;

export const canRun = isRoot && BIN !== undefined;

/** A cluster of a test's own, run by the same user as the engine's commands: what would hurt it, may. */
export interface SourceCluster {
  readonly dataDirectory: string;
  readonly directory: string;
  readonly port: number;
  readonly password: string;
  start(): Promise<void>;
  stop(mode?: "fast" | "immediate"): Promise<void>;
  /** Runs SQL as the superuser and gives the rows, columns parted by `|`. */
  sql(statement: string, database?: string): Promise<string>;
  /** Appends to postgresql.conf or pg_hba.conf; counts after a reload or a restart. */
  configure(file: "postgresql.conf" | "pg_hba.conf", lines: string): Promise<void>;
}

export interface SourceOptions {
  /** Where it lies; removed with the test's directory. */
  readonly directory: string;
  readonly configuration?: string;
}

const PASSWORD = "it's a\\ :secret";

/** Makes a cluster and starts it. */
export async function startSourceCluster({ directory, configuration = "" }: SourceOptions): Promise<SourceCluster> {
  const port = await freePort();
  const dataDirectory = join(directory, "data");
  await mkdir(directory, { recursive: true });
  await checked("chown", [ENVIRONMENT_USER, directory]);
  await asUser("initdb", ["-D", dataDirectory, "-U", "boss", "--no-sync", "--locale=C", "--encoding=UTF8", "--data-checksums"]);
  const log = join(directory, "source.log");
  const cluster: SourceCluster = {
    directory,
    dataDirectory,
    port,
    password: PASSWORD,
    start: async () => {
      await asUser("pg_ctl", ["-D", dataDirectory, "-l", log, "-w", "start"]);
    },
    stop: async (mode = "fast") => {
      await asUser("pg_ctl", ["-D", dataDirectory, "-m", mode, "-w", "stop"]);
    },
    sql: (statement, database = "postgres") => query({ host: directory, port, user: "boss", database }, statement),
    configure: (file, lines) => appendFile(join(dataDirectory, file), `${lines}\n`),
  };
  await cluster.configure(
    "postgresql.conf",
    `port = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '${directory}'\nfsync = off\n${configuration}`,
  );
  await asUser("bash", ["-c", `printf '%s\\n' "$1" >"$2"`, "-", HBA, join(dataDirectory, "pg_hba.conf")]);
  await cluster.start();
  await cluster.sql(`create role keeper login replication password '${PASSWORD.replaceAll("'", "''")}'`);
  return cluster;
}

const HBA = [
  "local all boss trust",
  "host all all 127.0.0.1/32 scram-sha-256",
  "host replication keeper,plain 127.0.0.1/32 scram-sha-256",
].join("\n");

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
  return (await asUser("env", [...secret, join(BIN ?? "", "psql"), ...args])).trimEnd();
}

/** Runs a program, one of PostgreSQL's first of all, as the user that the engine's commands run as. */
export async function asUser(program: string, args: readonly string[]): Promise<string> {
  const ours = join(BIN ?? "", program);
  return checked("runuser", ["-u", ENVIRONMENT_USER, "--", existsSync(ours) ? ours : program, ...args]);
}

async function checked(file: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess({ file, args, cwd: "/" });
  if (exitCode !== 0) throw new Error(`${file} ${args.slice(3).join(" ")} ended with ${exitCode}: ${stderr}${stdout}`);
  return stdout;
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
