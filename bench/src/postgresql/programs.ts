import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { ENVIRONMENT_USER } from "../../../e2e/engine-under-test/index.ts";
import { quoted } from "../by-hand/hand-shell.ts";

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
