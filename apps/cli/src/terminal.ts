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

export function processTerminal(): Terminal {
  const { env, stdin, stdout, stderr } = process;
  return {
    env,
    stdin,
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(text),
    isInteractive: stdin.isTTY && stderr.isTTY,
    isLive: stderr.isTTY && env["TERM"] !== "dumb",
    width: stderr.isTTY ? stderr.columns : 80,
  };
}
