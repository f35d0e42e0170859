import { invalidArtifact } from "./invalid-artifact.ts";

/** An entry as the directory at the end of a zip describes it. Nothing of it has been checked against the data. */
export interface ZipEntry {
  readonly name: string;
  /** The type and mode bits of Unix; 0 where the zip was made elsewhere. */
  readonly unixMode: number;
  readonly method: number;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly headerOffset: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LONGEST_COMMENT = 0xffff;
const MADE_ON_UNIX = 3;
const IS_ENCRYPTED = 1;

/** Reads the directory of a zip (PKWARE APPNOTE 4.3.12, 4.3.16). Zip64, encryption and several volumes are refused. */
export function readZipDirectory(zip: Buffer, mostEntries: number): readonly ZipEntry[] {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  const directoryBytes = zip.readUInt32LE(end + 12);
  let offset = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(end + 4) !== 0 || zip.readUInt16LE(end + 8) !== count) throw invalidArtifact("its zip has several volumes");
  if (count === 0xffff || offset === 0xffffffff) throw invalidArtifact("its zip uses the zip64 format");
  if (count > mostEntries) throw invalidArtifact(`its zip has ${count} entries, more than ${mostEntries}`);
  if (offset + directoryBytes > end) throw invalidArtifact("its zip is cut off");
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (offset + ENTRY_BYTES > end || zip.readUInt32LE(offset) !== ENTRY_SIGNATURE)
      throw invalidArtifact("its zip has a damaged directory");
    const next = offset + ENTRY_BYTES + zip.readUInt16LE(offset + 28) + zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
    if (next > end) throw invalidArtifact("its zip has a damaged directory");
    entries.push(readEntry(zip, offset));
    offset = next;
  }
  return entries;
}

function findEnd(zip: Buffer): number {
  const earliest = Math.max(0, zip.length - END_BYTES - LONGEST_COMMENT);
  for (let offset = zip.length - END_BYTES; offset >= earliest; offset -= 1) {
    if (zip.readUInt32LE(offset) === END_SIGNATURE && offset + END_BYTES + zip.readUInt16LE(offset + 20) === zip.length) return offset;
  }
  throw invalidArtifact("its source code is not a zip");
}

function readEntry(zip: Buffer, offset: number): ZipEntry {
  const nameStart = offset + ENTRY_BYTES;
  const name = decodeName(zip.subarray(nameStart, nameStart + zip.readUInt16LE(offset + 28)));
  if ((zip.readUInt16LE(offset + 8) & IS_ENCRYPTED) !== 0) throw invalidArtifact(`${JSON.stringify(name)} is encrypted`);
  return {
    name,
    unixMode: zip.readUInt16LE(offset + 4) >> 8 === MADE_ON_UNIX ? zip.readUInt32LE(offset + 38) >>> 16 : 0,
    method: zip.readUInt16LE(offset + 10),
    crc32: zip.readUInt32LE(offset + 16),
    packedBytes: zip.readUInt32LE(offset + 20),
    unpackedBytes: zip.readUInt32LE(offset + 24),
    headerOffset: zip.readUInt32LE(offset + 42),
  };
}

export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw invalidArtifact("its zip has a name that is not UTF-8", error);
  }
}
