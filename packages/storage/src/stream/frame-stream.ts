import { Readable } from "node:stream";
import { frameHeader, MAGIC } from "./stream-format.ts";

/** A back end's stream in frames, under a header that names the back end. An error of the stream is passed on. */
export function frameStream(technology: string, content: Readable): Readable {
  return Readable.from(frames(technology, content), { objectMode: false });
}

async function* frames(technology: string, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from(`${MAGIC}${technology}\n`);
  for await (const chunk of content) {
    if (chunk.length === 0) continue;
    yield frameHeader(chunk.length);
    yield chunk;
  }
  yield frameHeader(0);
}
