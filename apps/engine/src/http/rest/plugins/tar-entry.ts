const BLOCK = 512;

/** One file of a tar archive (POSIX ustar, with a pax header for a long path), padded to whole blocks. */
export function tarEntry(path: string, content: Buffer, at: Date): Buffer {
  const pathBytes = Buffer.byteLength(path);
  const extended =
    pathBytes > 100 ? [header({ path: "PaxHeader", sizeBytes: paxPath(path).length, type: "x", at }), padded(paxPath(path))] : [];
  return Buffer.concat([...extended, header({ path, sizeBytes: content.length, type: "0", at }), padded(content)]);
}

/** What closes an archive. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

interface Header {
  readonly path: string;
  readonly sizeBytes: number;
  /** `0`: a file; `x`: what the next header has no room for. */
  readonly type: "0" | "x";
  readonly at: Date;
}

function header({ path, sizeBytes, type, at }: Header): Buffer {
  const block = Buffer.alloc(BLOCK);
  Buffer.from(path).copy(block, 0, 0, 100);
  block.write("0000644\0", 100, "latin1");
  block.write("0000000\0", 108, "latin1");
  block.write("0000000\0", 116, "latin1");
  block.write(`${sizeBytes.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  block.write(
    `${Math.floor(at.getTime() / 1000)
      .toString(8)
      .padStart(11, "0")}\0`,
    136,
    "latin1",
  );
  block.write(" ".repeat(8), 148, "latin1");
  block.write(type, 156, "latin1");
  block.write("ustar\0" + "00", 257, "latin1");
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** A pax record begins with its own length, in decimal, itself counted. */
function paxPath(path: string): Buffer {
  const rest = ` path=${path}\n`;
  const restBytes = Buffer.byteLength(rest);
  let length = restBytes + 1;
  while (String(length).length + restBytes !== length) length = String(length).length + restBytes;
  return Buffer.from(`${length}${rest}`);
}

function padded(content: Buffer): Buffer {
  const missing = (BLOCK - (content.length % BLOCK)) % BLOCK;
  return Buffer.concat([content, Buffer.alloc(missing)]);
}
