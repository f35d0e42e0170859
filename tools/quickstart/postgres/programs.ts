import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const HOMES = "/usr/lib/postgresql";

/** PostgreSQL's programs, run as one user of the operating system. */
export interface PostgresPrograms {
  /** Runs a program to its end and gives what it printed. */
  run(program: string, args: readonly string[]): Promise<string>;
  /** Runs SQL, which may hold a password, and gives the rows, columns parted by `|`. */
  sql(address: PostgresAddress, statement: string): Promise<string>;
}

export interface PostgresAddress {
  /** The directory of the socket. */
  readonly host: string;
  readonly port: number;
}

/** The role that owns everything in the demonstration. */
export const OWNER = "postgres";

/** @throws Error where PostgreSQL is not installed */
export function findPrograms(user: string): PostgresPrograms {
  const bin = existsSync(HOMES)
    ? readdirSync(HOMES)
        .map((version) => join(HOMES, version, "bin"))
        .find((directory) => existsSync(join(directory, "initdb")) && existsSync(join(directory, "pgbench")))
    : undefined;
  if (bin === undefined) throw new Error(`PostgreSQL is not installed below ${HOMES}: as root, on Debian, set-up installs it.`);
  const asUser = process.getuid?.() === 0 ? ["runuser", "-u", user, "--"] : [];
  const runProgram = async (program: string, args: readonly string[], input = ""): Promise<string> => {
    const [file = "", ...rest] = [...asUser, join(bin, program), ...args];
    const running = run(file, rest, { cwd: "/", maxBuffer: 64 * 2 ** 20 });
    running.child.stdin?.end(input);
    return (await running).stdout.trimEnd();
  };
  return {
    run: (program, args) => runProgram(program, args),
    sql: ({ host, port }, statement) =>
      runProgram("psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", host, "-p", String(port), "-U", OWNER, "-d", "postgres"], statement),
  };
}
