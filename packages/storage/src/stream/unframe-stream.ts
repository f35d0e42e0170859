import { Readable } from "node:stream";
import { EngineError } from "@opendvp/model";
import { FRAME_HEADER_BYTES, LONGEST_FRAME_BYTES, LONGEST_HEADER_BYTES, MAGIC } from "./stream-format.ts";

/** The content of a framed stream. It ends with an error where the stream is of another back end, damaged or cut short. */
export function unframeStream(technology: string, framed: Readable): Readable {
  return Readable.from(contents(technology, framed), { objectMode: false });
}

async function* contents(technology: string, framed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const bytes = new ByteReader(framed[Symbol.asyncIterator]());
  await readHeader(technology, bytes);
  for (;;) {
    let left = (await bytes.exactly(FRAME_HEADER_BYTES)).readUInt32BE();
    if (left === 0) return;
    if (left > LONGEST_FRAME_BYTES) throw damaged("it has a frame of an impossible length");
    while (left > 0) {
      const chunk = await bytes.atMost(left);
      left -= chunk.length;
      yield chunk;
    }
  }
}

async function readHeader(technology: string, bytes: ByteReader): Promise<void> {
  let header = "";
  while (!header.endsWith("\n")) {
    if (header.length > LONGEST_HEADER_BYTES) throw damaged("it does not begin as the stream of a snapshot does");
    header += (await bytes.exactly(1)).toString("latin1");
  }
  if (!header.startsWith(MAGIC)) throw damaged("it does not begin as the stream of a snapshot does");
  const sender = header.slice(MAGIC.length).trim();
  if (sender === technology) return;
  throw new EngineError("STORAGE_UNSUITABLE", `A ${technology} pool cannot receive the stream of a ${JSON.stringify(sender)} pool.`, {
    action: `Send from a ${technology} pool.`,
  });
}

/** Reads a stream of chunks in pieces of the wanted lengths. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterator<Buffer>) {
    this.#chunks = chunks;
  }

  async atMost(lengthBytes: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) throw damaged("it ends too early");
      this.#rest = next.value;
    }
    const piece = this.#rest.subarray(0, lengthBytes);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  async exactly(lengthBytes: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let left = lengthBytes; left > 0;) {
      const piece = await this.atMost(left);
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  }
}

function damaged(why: string): EngineError {
  return new EngineError("STORAGE_FAILED", `The stream cannot be received: ${why}.`, { action: "Send it again." });
}
