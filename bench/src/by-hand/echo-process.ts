import { createInterface } from "node:readline";
import { startProcess, type RunningProcess } from "@opendvp/subprocess";

const PROGRAM = `process.stdin.on("data", (chunk) => process.stdout.write(chunk));`;
/** About as long as the arguments of an operation. */
const LINE = `${"x".repeat(1500)}\n`;

/** A process that says what it hears: the shortest way to another process and back. */
export class EchoProcess {
  readonly #child: RunningProcess;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    this.#child = startProcess({ file: process.execPath, args: ["-e", PROGRAM], label: "The echo" });
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
