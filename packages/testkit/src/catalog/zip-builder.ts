import { crc32, deflateRawSync } from "node:zlib";

/** One entry of a zip; what is given here need not be true, so that bad zips can be made. */
export interface ZipPart {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  readonly unixMode?: number;
  readonly isStored?: boolean;
  /** What the zip says instead of what is so. */
  readonly claims?: {
    readonly unpackedBytes?: number;
    readonly crc32?: number;
    readonly method?: number;
    readonly flags?: number;
    readonly localName?: string;
  };
}

const VERSION = 20;
const MADE_ON_UNIX = 3 << 8;
const UTF8 = 0x800;

/** A zip with these entries, bad ones included. */
export function buildZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const packed = pack(part);
    const local = Buffer.concat([localHeader(packed), packed.localName, packed.data]);
    directory.push(directoryLine(packed, offset), packed.name);
    locals.push(local);
    offset += local.length;
  }
  const directoryBytes = Buffer.concat(directory);
  return Buffer.concat([...locals, directoryBytes, endOf(parts.length, directoryBytes.length, offset)]);
}

type Packed = ReturnType<typeof pack>;

function pack({ name, content = "", unixMode = 0o100644, isStored = false, claims = {} }: ZipPart) {
  const bytes = Buffer.from(content);
  const nameBytes = Buffer.from(name);
  return {
    name: nameBytes,
    localName: claims.localName === undefined ? nameBytes : Buffer.from(claims.localName),
    data: isStored ? bytes : deflateRawSync(bytes, { level: 9 }),
    method: claims.method ?? (isStored ? 0 : 8),
    flags: claims.flags ?? UTF8,
    crc32: claims.crc32 ?? crc32(bytes),
    unpackedBytes: claims.unpackedBytes ?? bytes.length,
    unixMode,
  };
}

function localHeader(packed: Packed): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  writeShared(header, 6, packed);
  header.writeUInt16LE(packed.localName.length, 26);
  return header;
}

function directoryLine(packed: Packed, offset: number): Buffer {
  const line = Buffer.alloc(46);
  line.writeUInt32LE(0x02014b50, 0);
  line.writeUInt16LE(MADE_ON_UNIX | VERSION, 4);
  line.writeUInt16LE(VERSION, 6);
  writeShared(line, 8, packed);
  line.writeUInt16LE(packed.name.length, 28);
  line.writeUInt32LE(packed.unixMode * 0x10000, 38);
  line.writeUInt32LE(offset, 42);
  return line;
}

/** Flags, method, time, check sum and sizes lie in the same order in both. */
function writeShared(target: Buffer, start: number, packed: Packed): void {
  target.writeUInt16LE(packed.flags, start);
  target.writeUInt16LE(packed.method, start + 2);
  target.writeUInt32LE(packed.crc32, start + 8);
  target.writeUInt32LE(packed.data.length, start + 12);
  target.writeUInt32LE(packed.unpackedBytes, start + 16);
}

function endOf(count: number, directoryBytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

/** An artifact whose source code is this zip. */
export function artifactWith(zip: Uint8Array): Uint8Array {
  return Buffer.from(JSON.stringify({ type: "Plugin", name: "example", sourceCode: Buffer.from(zip).toString("base64") }, undefined, 4));
}
