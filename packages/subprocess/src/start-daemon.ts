import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { EngineError } from "@opendvp/model";

export interface DaemonRequest {
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment; nothing else is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Gets what it writes to standard error; appended, readable by its owner only. */
  readonly logFile: string;
}

/** A program that lives on after the one that started it. */
export interface Daemon {
  readonly pid: number;
  /** What it says at its start. Must be let go of with `release`. */
  readonly stdout: Readable;
  /** How it has ended, after a moment's wait; undefined while it runs. */
  exitCode(): Promise<number | undefined>;
  /** What it has logged since its start, its last lines, on lines of their own. */
  lastLogLines(): Promise<string>;
  /** Lets go of it: it neither keeps this program alive nor ends with it. */
  release(): void;
}

const LAST_LINES = 10;
const EXIT_GRACE_MS = 200;

/** Starts a program in a session of its own. @throws EngineError `HOST_COMMAND_FAILED` where it cannot be started */
export async function startDaemon(request: DaemonRequest): Promise<Daemon> {
  const log = await open(request.logFile, "a", 0o600);
  const loggedBefore = (await log.stat()).size;
  const child = spawn(request.file, request.args, { env: { ...request.env }, detached: true, stdio: ["ignore", "pipe", log.fd] });
  // Held from the first moment on: what nobody reads is thrown away when a child exits.
  const said = child.stdout?.pipe(new PassThrough());
  const exited = new Promise<number>((resolve) => {
    child.once("exit", (code) => resolve(code ?? 1));
    child.once("error", () => resolve(1));
  });
  await log.close();
  const { pid } = child;
  if (pid === undefined || said === undefined) {
    throw new EngineError("HOST_COMMAND_FAILED", `Cannot start the program ${basename(request.file)}.`, {
      action: `Check that ${request.file} is installed and executable.`,
      details: { file: request.file },
    });
  }
  return {
    pid,
    stdout: said,
    exitCode: () => Promise.race([exited, after(EXIT_GRACE_MS)]),
    lastLogLines: async () => {
      const logged = (await readFile(request.logFile)).subarray(loggedBefore).toString("utf8").trimEnd();
      return logged === "" ? "" : `\n${logged.split("\n").slice(-LAST_LINES).join("\n")}`;
    },
    release: () => {
      child.stdout?.destroy();
      said.destroy();
      child.unref();
    },
  };
}

function after(durationMs: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), durationMs);
  });
}
