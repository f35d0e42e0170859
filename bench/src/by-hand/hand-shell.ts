import { createInterface } from "node:readline";
import { startProcess, type RunningProcess } from "@opendvp/subprocess";

/**
 * A shell that stays open, as on somebody's terminal: what is measured is the commands, not the start of a shell.
 * It keeps its own time, so that not even the way to it and back counts.
 */
export class HandShell {
  readonly #child: RunningProcess;
  readonly #lines: AsyncIterator<string>;
  #errors = "";

  constructor(directory: string) {
    this.#child = startProcess({ file: "bash", args: ["--norc", "-u"], cwd: directory, label: "The shell of the yardstick" });
    this.#child.stderr.on("data", (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString()).slice(-2000)));
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Runs commands one after the other, up to the first that fails. Gives the milliseconds that they took. */
  async run(commands: readonly string[]): Promise<number> {
    this.#errors = "";
    const script = `begun=$EPOCHREALTIME; { ${commands.join(" && ")}; } >/dev/null; printf '%s %s %s\\n' "$?" "$begun" "$EPOCHREALTIME"\n`;
    this.#child.stdin?.write(script);
    const line = await this.#lines.next();
    const [status, begun, ended] = line.done === true ? [] : line.value.split(" ").map(Number);
    if (status !== 0 || begun === undefined || ended === undefined) {
      if (line.done !== true) await this.#heardOut();
      throw new Error(`Typed by hand, ${commands.join(" && ")} ended with ${String(status)}: ${this.#errors}`);
    }
    return (ended - begun) * 1000;
  }

  /** Until all is read that was written to stderr: it comes through a pipe of its own, later or earlier than the status. */
  async #heardOut(): Promise<void> {
    const END = "\0";
    const isHeard = new Promise<void>((resolve) => {
      this.#child.stderr.on("data", () => {
        if (this.#errors.endsWith(END)) resolve();
      });
    });
    this.#child.stdin?.write(String.raw`printf '\0' >&2` + "\n");
    await isHeard;
    this.#errors = this.#errors.slice(0, -END.length);
  }

  async close(): Promise<void> {
    await this.#child.end();
  }
}

/** A word that the shell takes as it is. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
