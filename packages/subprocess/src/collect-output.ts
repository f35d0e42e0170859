import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";

/** How long a pipe that a daemon still holds may be silent before it is let go, once the child itself has exited. */
const SILENCE_MS = 100;

/** How long a daemon that goes on talking is listened to. */
const DRAIN_LIMIT_MS = 1000;

export interface Output {
  stdout(): string;
  stderr(): string;
  /** Resolves with the limit when both streams together have passed it; rejects with what `countOutput` threw. */
  readonly exceeded: Promise<number>;
  /** Resolves when both streams have ended or nothing more of the child's own can come. */
  drained(): Promise<void>;
  /** Collects no more. What a daemon still writes is thrown away: a closed pipe would end it. */
  release(): void;
}

export interface OutputUse {
  readonly limitBytes: number;
  /** Takes every chunk instead of having it collected and counted. */
  readonly onOutput: ((chunk: Buffer, stream: "stdout" | "stderr") => void) | undefined;
  readonly countOutput: ((bytes: number) => void) | undefined;
}

export function collectOutput(streams: { readonly stdout: Readable; readonly stderr: Readable }, use: OutputUse): Output {
  const collected = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let totalBytes = 0;
  let pastLimit: (limitBytes: number) => void = () => undefined;
  let refuse: (error: unknown) => void = () => undefined;
  let isRefused = false;
  const exceeded = new Promise<number>((resolve, reject) => ([pastLimit, refuse] = [resolve, reject]));
  const isCounted = (chunk: Buffer): boolean => {
    try {
      if (!isRefused) use.countOutput?.(chunk.length);
    } catch (error) {
      isRefused = true;
      refuse(error);
    }
    return !isRefused;
  };
  for (const name of ["stdout", "stderr"] as const) {
    streams[name].on("data", (chunk: Buffer) => {
      totalBytes += chunk.length;
      if (use.onOutput !== undefined) use.onOutput(chunk, name);
      else if (totalBytes > use.limitBytes) pastLimit(use.limitBytes);
      else if (isCounted(chunk)) collected[name].push(chunk);
    });
    streams[name].on("error", () => undefined);
  }
  const ended = Promise.all([endOf(streams.stdout), endOf(streams.stderr)]);
  return {
    stdout: () => Buffer.concat(collected.stdout).toString(),
    stderr: () => Buffer.concat(collected.stderr).toString(),
    exceeded,
    drained: () => Promise.race([ended.then(() => undefined), silence(() => totalBytes)]),
    release: () => {
      letGo(streams.stdout);
      letGo(streams.stderr);
    },
  };
}

function endOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    stream.once("close", resolve);
    stream.once("end", resolve);
  });
}

function letGo(stream: Readable): void {
  stream.removeAllListeners("data");
  stream.resume();
  if (stream instanceof Socket) stream.unref();
}

async function silence(readBytes: () => number): Promise<void> {
  const deadline = performance.now() + DRAIN_LIMIT_MS;
  for (let before = -1; before !== readBytes() && performance.now() < deadline;) {
    before = readBytes();
    await sleep(SILENCE_MS, undefined, { ref: false });
    // After a busy spell the timer fires before the pipes are read: give them their turn.
    await setImmediate();
  }
}
