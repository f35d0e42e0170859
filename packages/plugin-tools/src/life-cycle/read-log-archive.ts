import { gunzipSync } from "node:zlib";

const BLOCK_BYTES = 512;

/** The text of one file in the .tar.gz of a plugin's logs, by the end of its name; empty where there is none. */
export async function readLogArchive(archive: ReadableStream<Uint8Array>, name: string): Promise<string> {
  const tar = gunzipSync(await new Response(archive).arrayBuffer());
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK_BYTES <= tar.length;) {
    const header = tar.subarray(offset, offset + BLOCK_BYTES);
    const entryName = longName ?? textOf(header.subarray(0, 100));
    const sizeBytes = Number.parseInt(textOf(header.subarray(124, 136)), 8) || 0;
    const content = tar.subarray(offset + BLOCK_BYTES, offset + BLOCK_BYTES + sizeBytes);
    const isExtension = textOf(header.subarray(156, 157)) === "x";
    if (!isExtension && entryName.endsWith(name)) return content.toString("utf8");
    // The header of an extended entry says the full name of the next one.
    longName = isExtension ? / path=(.*)\n/.exec(content.toString("utf8"))?.[1] : undefined;
    offset += BLOCK_BYTES + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return "";
}

function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end === -1 ? field.length : end).trim();
}
