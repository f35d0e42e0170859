import { appendFile, chown, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess, type ProcessUser } from "@opendvp/subprocess";
import { POSTGRESQL_PROGRAMS } from "./postgresql-programs.ts";

/** A PostgreSQL server. It ends with the directory in which it is, when that is removed as a test's own. */
export interface Cluster {
  readonly dataDirectory: string;
  /** Holds the server's socket. */
  readonly socketDirectory: string;
  readonly port: number;
  start(): Promise<void>;
  /** Sessions are cut off, as when an administrator restarts it; `immediate` is a crash. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
  /** Runs one of PostgreSQL's programs to its end, as the server's user; gives what it prints. */
  run(program: string, args: readonly string[]): Promise<string>;
  /** Runs statements as the superuser, in a database; gives the rows, columns parted by `|`. */
  sql(statement: string, database?: string): Promise<string>;
}

export interface ClusterRequest {
  /** Becomes the server's user's. */
  readonly directory: string;
  readonly port: number;
  /** Of the operating system, for tests that run as root, which PostgreSQL does not. */
  readonly userName: string;
  readonly superuser: string;
  /** Lines of postgresql.conf, beside port and socket. */
  readonly settings?: readonly string[];
  /** pg_hba.conf, from the first line to the last. */
  readonly access: readonly string[];
  /** Further arguments of initdb. */
  readonly making?: readonly string[];
}

/** Makes a cluster and starts it. */
export async function makeCluster(request: ClusterRequest): Promise<Cluster> {
  const { directory, port, superuser, settings = [], access, making = ["--locale=C", "--data-checksums"] } = request;
  const asUser = await processUser(request.userName);
  const dataDirectory = join(directory, "data");
  const run = (program: string, args: readonly string[]): Promise<string> => runProgram(program, args, asUser);
  const control = async (...args: readonly string[]): Promise<void> => {
    await run("pg_ctl", ["-D", dataDirectory, "-l", join(directory, "server.log"), "-w", "-s", ...args]);
  };
  await mkdir(directory, { recursive: true });
  if (asUser !== undefined) await chown(directory, asUser.uid, asUser.gid);
  await run("initdb", ["-D", dataDirectory, "-U", superuser, "--auth=trust", "--no-sync", "--encoding=UTF8", ...making]);
  const place = [`port = ${port}`, `unix_socket_directories = '${directory}'`];
  await appendFile(join(dataDirectory, "postgresql.conf"), `${[...place, ...settings].join("\n")}\n`);
  await writeFile(join(dataDirectory, "pg_hba.conf"), `${access.join("\n")}\n`);
  await control("start");
  return {
    dataDirectory,
    socketDirectory: directory,
    port,
    start: () => control("start"),
    stop: (mode = "fast") => control("-m", mode, "stop"),
    run,
    sql: (statement, database = "postgres") =>
      run("psql", [
        ...["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", directory, "-p", String(port)],
        ...["-U", superuser, "-d", database, "-c", statement],
      ]),
  };
}

async function processUser(userName: string): Promise<ProcessUser | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  const [, , uid, gid] = (await runProcess({ file: "getent", args: ["passwd", userName] })).stdout.split(":");
  if (uid === undefined || gid === undefined) throw new Error(`There is no user ${userName} to run a server as.`);
  return { userName, uid: Number(uid), gid: Number(gid) };
}

async function runProgram(program: string, args: readonly string[], asUser: ProcessUser | undefined): Promise<string> {
  const file = join(POSTGRESQL_PROGRAMS ?? "", program);
  const result = await runProcess({ file, args, cwd: "/", ...(asUser === undefined ? {} : { asUser }) });
  if (result.exitCode !== 0) throw new Error(`${program} ${args.join(" ")}: ${result.stderr}${result.stdout}`);
  return result.stdout.trim();
}
