import type { Duplex, Readable, Writable } from "node:stream";

/** The environment user that a child runs as; its supplementary groups come with it. */
export interface ProcessUser {
  readonly uid: number;
  readonly gid: number;
  readonly userName: string;
}

export type ProcessInput = { readonly text: string } | Readable | "ignore";

export interface ProcessRequest {
  /** A program, by name or absolute path; never a shell line. */
  readonly file: string;
  readonly args: readonly string[];
  /** What error messages call it; default: the name of the program. */
  readonly label?: string;
  /** The whole environment of the child besides PATH, LANG and the mark; nothing is inherited from the engine. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A text, a stream, or no input at all, which is what `runProcess` gives by itself; `startProcess` then hands out a stream. */
  readonly stdin?: ProcessInput;
  /**
   * `runProcess` only: texts that the child reads from descriptor 3 on, of any length. With this, also with an empty list,
   * all streams are pipes that programs may open by name (`> /dev/stderr`, `. /dev/fd/3`); otherwise they are sockets.
   */
  readonly inputTexts?: readonly string[];
  /** `startProcess` only: how many two-way pipes the child finds from descriptor 3 on. */
  readonly extraPipes?: number;
  /** Put into the environment as `OPENDVP_MARK`; the child's own children inherit it. */
  readonly mark?: string;
  readonly signal?: AbortSignal;
  readonly timeLimitMs?: number;
  /** Bytes of stdout and stderr together. Watched by `runProcess` alone. Default 192 MiB. */
  readonly outputLimitBytes?: number;
  /** `runProcess` only: hears of output as it comes, in bytes; what it throws ends the child, and is what the run rejects with. */
  readonly countOutput?: (bytes: number) => void;
  /** `runProcess` only: gets the output as it comes, which is then neither collected nor limited. */
  readonly onOutput?: (chunk: Buffer, stream: "stdout" | "stderr") => void;
  /** The kernel kills the child (not its children) when the engine's process dies, however that happens. */
  readonly diesWithEngine?: boolean;
  /** Root only; for the engine's own user it changes nothing. */
  readonly asUser?: ProcessUser;
}

export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessExit {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly pid: number;
  /** Null where the request gave the input. */
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The engine's ends of `extraPipes`, descriptor 3 first. */
  readonly pipes: readonly Duplex[];
  /** Resolves when the child itself has exited, whatever it left running. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Kills the child and all its descendants, also those that moved to another session, and waits until they are gone. Idempotent. */
  end(): Promise<void>;
}
