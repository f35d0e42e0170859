/** Where a command reads and writes. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  out(text: string): void;
  /** Progress, warnings and errors. */
  err(text: string): void;
  readonly stdin: NodeJS.ReadStream;
  /** Somebody sits there who can be asked. */
  readonly isInteractive: boolean;
  /** What is written to `err` is seen at once: a line may be written over. */
  readonly isLive: boolean;
  /** Columns of the screen. */
  readonly width: number;
}

const DEFAULT_WIDTH = 80;

export function processTerminal(): Terminal {
  const { env, stdin, stdout, stderr } = process;
  return {
    env,
    stdin,
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(text),
    isInteractive: stdin.isTTY && stderr.isTTY,
    isLive: stderr.isTTY && env["TERM"] !== "dumb",
    // Some terminals do not know how wide they are; a window may become narrower at any time.
    get width() {
      return stderr.isTTY && stderr.columns > 0 ? stderr.columns : DEFAULT_WIDTH;
    },
  };
}
