import { createInterface } from "node:readline";
import { startProcess, type RunningProcess } from "@opendvp/subprocess";

/** A program that says what it hears, and what runs it. */
export interface EchoProgram {
  readonly file: string;
  readonly args: readonly string[];
}

export function echoInNode(): EchoProgram {
  return { file: process.execPath, args: ["-e", 'process.stdin.on("data", (chunk) => process.stdout.write(chunk));'] };
}

export function echoInPython(interpreter: string): EchoProgram {
  return { file: interpreter, args: ["-c", "import os\nwhile os.write(1, os.read(0, 65536)): pass"] };
}

/** About as long as the arguments of an operation. */
const LINE = `${"x".repeat(1500)}\n`;

/** A process that says what it hears: the shortest way to another process and back. */
export class EchoProcess {
  readonly #child: RunningProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(program: EchoProgram) {
    this.#child = startProcess({ ...program, label: "The echo" });
    this.#child.stderr.resume();
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Milliseconds there and back. */
  async roundTrip(): Promise<number> {
    const startedMs = performance.now();
    this.#child.stdin?.write(LINE);
    if ((await this.#lines.next()).done === true) throw new Error("The echo has ended.");
    return performance.now() - startedMs;
  }

  async close(): Promise<void> {
    await this.#child.end();
  }
}
