import { readSync, writeSync } from "node:fs";
import type { Json } from "@opendvp/model";
import { encodeFrame, FRAME_OVERHEAD_BYTES, FrameReader, LIMITS, type RpcMessage } from "@opendvp/plugin-protocol";

const CHUNK_BYTES = 64 * 1024;
const RETRY_MS = 1;

/** Messages over a pair of descriptors, one at a time, waiting for each. */
export class MessagePipe {
  readonly #input: number;
  readonly #output: number;
  readonly #chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  readonly #received: RpcMessage[] = [];
  readonly #reader = new FrameReader(LIMITS.libraryCallBytes + FRAME_OVERHEAD_BYTES, (body) => this.#take(body));

  constructor({ input, output }: { readonly input: number; readonly output: number }) {
    this.#input = input;
    this.#output = output;
  }

  /** Undefined: the other side is gone. */
  receive(): RpcMessage | undefined {
    while (this.#received.length === 0) {
      const length = untilReady(() => readSync(this.#input, this.#chunk));
      if (length === 0) return undefined;
      this.#reader.push(this.#chunk.subarray(0, length));
    }
    return this.#received.shift();
  }

  send(message: RpcMessage): void {
    const frame = Buffer.from(encodeFrame(JSON.stringify(message)));
    for (let written = 0; written < frame.length;) written += untilReady(() => writeSync(this.#output, frame, written));
  }

  #take(body: Buffer): void {
    this.#received.push(JSON.parse(body.toString("utf8")) as Json & RpcMessage);
  }
}

/** A descriptor that does not block is asked again. */
function untilReady(transfer: () => number): number {
  for (;;) {
    try {
      return transfer();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      pause();
    }
  }
}

const nobody = new Int32Array(new SharedArrayBuffer(4));

function pause(): void {
  Atomics.wait(nobody, 0, 0, RETRY_MS);
}
