import { Readable } from "node:stream";

// The first record of a stream: 8 bytes of type and length, then magic, version, creation, type, flags, and the two ids.
const MAGIC = 0x2f5bacbacn;
const MAGIC_AT = 8;
const FLAGS_AT = 36;
const FROM_ID_AT = 48;
const START_BYTES = 56;
const CLONE_FLAG = 1;

export interface StreamStart {
  /** The snapshot that the stream is the difference from, by ZFS's own id; undefined for a whole one. */
  readonly fromId: bigint | undefined;
  /** The stream of a clone makes a new dataset by itself; another difference is received into a dataset that ends with its base. */
  readonly isClone: boolean;
}

/** Reads how a stream of ZFS begins; what is no such stream is left for ZFS to refuse. */
export function parseStreamStart(bytes: Buffer): StreamStart {
  const whole: StreamStart = { fromId: undefined, isClone: false };
  if (bytes.length < START_BYTES) return whole;
  const isLittle = bytes.readBigUInt64LE(MAGIC_AT) === MAGIC;
  if (!isLittle && bytes.readBigUInt64BE(MAGIC_AT) !== MAGIC) return whole;
  const fromId = isLittle ? bytes.readBigUInt64LE(FROM_ID_AT) : bytes.readBigUInt64BE(FROM_ID_AT);
  const flags = isLittle ? bytes.readUInt32LE(FLAGS_AT) : bytes.readUInt32BE(FLAGS_AT);
  return { fromId: fromId === 0n ? undefined : fromId, isClone: (flags & CLONE_FLAG) !== 0 };
}

/** Looks at the beginning of a stream and hands it on whole. An error of the stream within it is thrown here. */
export async function readStreamStart(stream: Readable): Promise<{ readonly start: StreamStart; readonly content: Readable }> {
  const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < START_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return { start: parseStreamStart(head), content: Readable.from(rest(head, chunks), { objectMode: false }) };
}

async function* rest(head: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  } finally {
    await chunks.return?.();
  }
}
