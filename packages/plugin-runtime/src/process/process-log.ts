import type { Readable } from "node:stream";
import type { Clock, PluginCall, PluginLogLevel, PluginLogs } from "@opendvp/core";
import { SecretMask } from "@opendvp/model";
import { LineSplitter } from "./line-splitter.ts";

const WINDOW_MS = 100;
const WINDOW_LINES = 200;
const WINDOW_BYTES = 1024 * 1024;
const WINDOW_MESSAGES = 256;
const KEPT_LINES = 40;
const RECORD_LIMIT_CHARACTERS = 64 * 1024;

/** A pipe that can be left alone for a moment: the plugin then waits. */
export interface HoldablePipe {
  hold(): void;
  release(): void;
}

export interface ProcessLogOptions {
  readonly plugin: string;
  readonly logs: PluginLogs;
  readonly clock: Clock;
  /** What one operation may say; more is told to `onTooMuch`. */
  readonly outputLimitBytes: number;
}

/**
 * Carries what one plugin process says to the plugin's log, without the secrets that the process has been told: it may say
 * them in any later operation. A flood is thinned out, its dropped lines are counted, and the pipe that it comes through is
 * left alone for the rest of the window: the plugin waits, the engine does not.
 */
export class ProcessLog {
  readonly #options: ProcessLogOptions;
  readonly #lastOutput: string[] = [];
  readonly #lastStderr: string[] = [];
  readonly #streams: Promise<unknown>[] = [];
  readonly #heldBack = new Set<HoldablePipe>();
  /** What the process has been told so far. */
  readonly secrets = new SecretMask();
  /** Heard when an operation has said more than it may. */
  onTooMuch: () => void = () => undefined;
  #prefix = "";
  #lines = 0;
  #bytes = 0;
  #messages = 0;
  #outputBytes = 0;
  #dropped = 0;
  #windowEndsAt = 0;

  constructor(options: ProcessLogOptions) {
    this.#options = options;
  }

  /** The lines that follow are this call's. */
  begin({ logPrefix, secrets }: PluginCall): void {
    this.#prefix = logPrefix;
    this.#outputBytes = 0;
    for (const secret of secrets) this.secrets.add(secret);
  }

  /** Whether all that the process has written so far has been read, as far as can be seen from here. */
  get isDrained(): boolean {
    return this.#heldBack.size === 0;
  }

  /** The last of both streams. */
  get lastOutput(): string {
    return this.#lastOutput.join("\n");
  }

  get lastStderr(): string {
    return this.#lastStderr.join("\n");
  }

  /** Takes the plugin's stdout (INFO) or stderr (WARNING), line by line. */
  follow(stream: Readable, level: "INFO" | "WARNING"): void {
    const splitter = new LineSplitter(this.secrets, (line) => {
      remember(this.#lastOutput, line);
      if (level === "WARNING") remember(this.#lastStderr, line);
      this.#write(level, line);
    });
    const pipe: HoldablePipe = { hold: () => stream.pause(), release: () => stream.resume() };
    stream.on("data", (chunk: Buffer) => {
      splitter.push(chunk);
      this.holdBack(pipe, chunk.length);
    });
    stream.on("end", () => splitter.end());
    stream.on("error", () => undefined);
    this.#streams.push(new Promise((resolve) => stream.once("close", resolve)));
  }

  /** Resolves when all that it follows has ended and been read. */
  async ended(): Promise<void> {
    await Promise.all(this.#streams);
  }

  /** Resolves when it is drained. */
  async drained(): Promise<void> {
    while (!this.isDrained) await this.#options.clock.sleep(WINDOW_MS);
  }

  /** Masked before it is cut: a secret whose end is still to come lies within the part that is looked at. */
  write(level: PluginLogLevel, message: string): void {
    const looked = message.slice(0, RECORD_LIMIT_CHARACTERS + this.secrets.longestForm);
    this.#write(level, this.secrets.text(looked).slice(0, RECORD_LIMIT_CHARACTERS));
  }

  /** A line of the engine's own: it is never thinned out. */
  trace(message: string): void {
    this.#options.logs.write(this.#options.plugin, { level: "DEBUG", prefix: this.#prefix, message: this.secrets.text(message) });
  }

  /** Counts what came through a pipe, and stops reading it for a moment when it is too much. */
  holdBack(pipe: HoldablePipe, bytes: number): void {
    this.#enterWindow();
    this.#bytes += bytes;
    this.#outputBytes += bytes;
    if (this.#outputBytes > this.#options.outputLimitBytes) this.onTooMuch();
    if (this.#bytes > WINDOW_BYTES) this.#holdForAWindow(pipe);
  }

  /** The same for messages, however small: each of them is work for the engine. */
  countMessage(pipe: HoldablePipe): void {
    this.#enterWindow();
    this.#messages += 1;
    if (this.#messages > WINDOW_MESSAGES) this.#holdForAWindow(pipe);
  }

  #holdForAWindow(pipe: HoldablePipe): void {
    if (this.#heldBack.has(pipe)) return;
    this.#heldBack.add(pipe);
    pipe.hold();
    void this.#options.clock.sleep(WINDOW_MS).then(() => {
      this.#heldBack.delete(pipe);
      pipe.release();
    });
  }

  /** Says how many lines are missing, if any. */
  flush(): void {
    if (this.#dropped === 0) return;
    const count = this.#dropped;
    this.#dropped = 0;
    const message = `${count} lines were dropped: the plugin writes faster than its log may grow.`;
    this.#options.logs.write(this.#options.plugin, { level: "WARNING", prefix: this.#prefix, message });
  }

  #write(level: PluginLogLevel, message: string): void {
    this.#enterWindow();
    this.#lines += 1;
    if (this.#lines > WINDOW_LINES) this.#dropped += 1;
    else this.#options.logs.write(this.#options.plugin, { level, prefix: this.#prefix, message });
  }

  #enterWindow(): void {
    const now = this.#options.clock.monotonicMs();
    if (now < this.#windowEndsAt) return;
    this.flush();
    this.#windowEndsAt = now + WINDOW_MS;
    this.#lines = 0;
    this.#bytes = 0;
    this.#messages = 0;
  }
}

function remember(lines: string[], line: string): void {
  lines.push(line);
  if (lines.length > KEPT_LINES) lines.shift();
}
