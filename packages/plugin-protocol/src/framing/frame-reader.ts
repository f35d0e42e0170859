const SEPARATOR = "\r\n\r\n";
const HEADER_LIMIT_BYTES = 1024;
const SEEN_BYTES = 16 * 1024;
const EMPTY = Buffer.alloc(0);
const CONTENT_LENGTH = /^content-length:[ \t]*(\d{1,15})[ \t]*$/i;

/** The bytes on the pipe are no frames, or ask for more than allowed. Nothing after them is read. */
export class FrameError extends Error {
  override readonly name = "FrameError";
  readonly kind: FrameErrorKind;
  readonly announcedBytes: number;
  /** How the garbage begins, as it came: it may hold secrets, so it is not in the message. */
  readonly seen: string;

  constructor(kind: FrameErrorKind, message: string, { announcedBytes = 0, seen = EMPTY }: FrameErrorParticulars = {}) {
    super(message);
    this.kind = kind;
    this.announcedBytes = announcedBytes;
    this.seen = seen.subarray(0, SEEN_BYTES).toString("utf8");
  }
}

/** `cutOff`: the stream has ended within a message. `unread`: the other side goes on asking without reading what it is answered. */
export type FrameErrorKind = "garbage" | "cutOff" | "tooLarge" | "tooComplex" | "unread";

export interface FrameErrorParticulars {
  readonly announcedBytes?: number;
  readonly seen?: Buffer;
}

/**
 * Cuts a byte stream into frames. The other side of the pipe may be hostile: a frame larger than the limit is refused by
 * its header, and a body is kept in one buffer of its announced size, however small the pieces that it comes in.
 */
export class FrameReader {
  readonly #limitBytes: number;
  readonly #onFrame: (body: Buffer) => void;
  #header: Buffer = EMPTY;
  /** Undefined while a header is being read. */
  #body: Buffer | undefined;
  #filledBytes = 0;

  constructor(limitBytes: number, onFrame: (body: Buffer) => void) {
    this.#limitBytes = limitBytes;
    this.#onFrame = onFrame;
  }

  /** @throws FrameError */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#body === undefined ? this.#readHeader(rest) : this.#readBody(this.#body, rest);
  }

  /** Whether the stream may end here. */
  get isBetweenFrames(): boolean {
    return this.#header.length === 0 && this.#body === undefined;
  }

  #readHeader(chunk: Buffer): Buffer {
    const held = this.#header.length === 0 ? chunk : Buffer.concat([this.#header, chunk]);
    const end = held.subarray(0, HEADER_LIMIT_BYTES).indexOf(SEPARATOR);
    if (end < 0) {
      if (held.length >= HEADER_LIMIT_BYTES || !couldBeHeader(held)) throw garbage(held);
      this.#header = Buffer.from(held);
      return held.subarray(held.length);
    }
    const bodyBytes = contentLength(held.subarray(0, end));
    if (bodyBytes > this.#limitBytes) {
      throw new FrameError("tooLarge", `A message of ${bodyBytes} bytes was announced; ${this.#limitBytes} are allowed.`, {
        announcedBytes: bodyBytes,
      });
    }
    this.#header = EMPTY;
    return this.#beginBody(bodyBytes, held.subarray(end + SEPARATOR.length));
  }

  /** A body that has come whole is not copied. */
  #beginBody(bodyBytes: number, rest: Buffer): Buffer {
    if (rest.length >= bodyBytes) {
      this.#onFrame(rest.subarray(0, bodyBytes));
      return rest.subarray(bodyBytes);
    }
    this.#body = Buffer.allocUnsafeSlow(bodyBytes);
    this.#filledBytes = 0;
    return rest;
  }

  #readBody(body: Buffer, chunk: Buffer): Buffer {
    const copied = chunk.copy(body, this.#filledBytes);
    this.#filledBytes += copied;
    if (this.#filledBytes === body.length) {
      this.#body = undefined;
      this.#onFrame(body);
    }
    return chunk.subarray(copied);
  }
}

/** Tells garbage at its first bytes, so that a plugin that prints to the pipe is not waited for. */
function couldBeHeader(held: Buffer): boolean {
  return /^[A-Za-z][A-Za-z-]*(:|$)/.test(held.subarray(0, HEADER_LIMIT_BYTES).toString("latin1").split("\r\n", 1)[0] ?? "");
}

function contentLength(header: Buffer): number {
  for (const line of header.toString("latin1").split("\r\n")) {
    const match = CONTENT_LENGTH.exec(line);
    if (match !== null) return Number(match[1]);
  }
  throw garbage(header);
}

function garbage(seen: Buffer): FrameError {
  return new FrameError("garbage", "The pipe carries something else where the header of a message is expected.", { seen });
}
