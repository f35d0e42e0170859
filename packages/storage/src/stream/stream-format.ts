/**
 * How a snapshot travels: one header line, then frames of a four-byte length (big-endian) and so many bytes, and a
 * frame of length 0 at the end. The programs inside cannot tell a stream that was cut between two of their records
 * from a whole one; the last frame can.
 */
export const MAGIC = "OPENDVP-SNAPSHOT 1 ";
export const LONGEST_HEADER_BYTES = 64;
export const LONGEST_FRAME_BYTES = 16 * 1024 * 1024;
export const FRAME_HEADER_BYTES = 4;

export function frameHeader(lengthBytes: number): Buffer {
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32BE(lengthBytes);
  return header;
}
