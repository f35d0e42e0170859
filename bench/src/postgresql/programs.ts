import { existsSync, readdirSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { ENVIRONMENT_USER } from "../../../e2e/engine-under-test/index.ts";
import { quoted } from "../by-hand/hand-shell.ts";

const HOMES = "/usr/lib/postgresql";

/** Where the newest PostgreSQL of this machine has its programs; undefined without one. */
export function findPrograms(): string | undefined {
  if (!existsSync(HOMES)) return undefined;
  const versions = readdirSync(HOMES).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(HOMES, version, "bin")).find((bin) => existsSync(join(bin, "postgres")));
}

/** A command line that runs one of PostgreSQL's programs as the user that the engine's commands run as. */
export function asPostgresUser(bin: string, program: string, args: readonly string[]): string {
  return `runuser -u ${ENVIRONMENT_USER} -- ${[join(bin, program), ...args].map(quoted).join(" ")}`;
}

/** A database server to which somebody may connect. */
export interface Server {
  /** The directory of its socket. */
  readonly socketDirectory: string;
  readonly port: number;
}

/** A command line that asks a server something. */
export function asking(bin: string, { socketDirectory, port }: Server, statement: string): string {
  return asPostgresUser(bin, "psql", ["-XAtq", "-h", socketDirectory, "-p", String(port), "-U", "boss", "-d", "postgres", "-c", statement]);
}

export async function runCommand(command: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess({ file: "bash", args: ["-c", command], cwd: "/" });
  if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}: ${stderr}`);
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
