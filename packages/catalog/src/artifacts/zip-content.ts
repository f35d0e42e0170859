import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { invalidArtifact } from "./invalid-artifact.ts";
import { decodeName, type ZipEntry } from "./zip-directory.ts";

const inflate = promisify(inflateRaw);

const HEADER_SIGNATURE = 0x04034b50;
const HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/** The content of an entry. It never takes more memory than its directory line says, whatever the data would inflate to. */
export async function readZipContent(zip: Buffer, entry: ZipEntry): Promise<Buffer> {
  const packed = packedData(zip, entry);
  const content = await unpack(packed, entry);
  if (content.length !== entry.unpackedBytes || crc32(content) !== entry.crc32) {
    throw invalidArtifact(`${JSON.stringify(entry.name)} is damaged`);
  }
  return content;
}

function packedData(zip: Buffer, entry: ZipEntry): Buffer {
  const offset = entry.headerOffset;
  const quoted = JSON.stringify(entry.name);
  if (offset + HEADER_BYTES > zip.length || zip.readUInt32LE(offset) !== HEADER_SIGNATURE) throw invalidArtifact(`${quoted} has no data`);
  const nameEnd = offset + HEADER_BYTES + zip.readUInt16LE(offset + 26);
  // Two names for one entry are a way to show one file to a checker and another to the unpacker.
  if (decodeName(zip.subarray(offset + HEADER_BYTES, nameEnd)) !== entry.name) throw invalidArtifact(`${quoted} has two names`);
  const start = nameEnd + zip.readUInt16LE(offset + 28);
  if (start + entry.packedBytes > zip.length) throw invalidArtifact(`${quoted} is cut off`);
  return zip.subarray(start, start + entry.packedBytes);
}

async function unpack(packed: Buffer, { method, name, unpackedBytes }: ZipEntry): Promise<Buffer> {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw invalidArtifact(`${JSON.stringify(name)} is packed by a method other than DEFLATE`);
  try {
    // zlib refuses a limit of 0; one byte too many is seen by the caller's check.
    return await inflate(packed, { maxOutputLength: Math.max(1, unpackedBytes) });
  } catch (error) {
    throw invalidArtifact(`${JSON.stringify(name)} is damaged or larger than it says`, error);
  }
}
