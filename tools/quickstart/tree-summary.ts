import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

export interface TreeSummary {
  readonly files: number;
  readonly bytes: number;
  /** Over names, kinds, link targets and the content of every file. */
  readonly checksum: string;
}

const SLASH = Buffer.from("/");

/**
 * Reads a whole tree. Two trees with the same checksum hold the same files with the same content. Names are taken as the bytes
 * that they are: not every file system knows of UTF-8.
 */
export async function summarizeTree(root: string): Promise<TreeSummary> {
  const digest = createHash("sha256");
  let files = 0;
  let bytes = 0;
  for await (const path of walk(root)) {
    const full = below(Buffer.from(root), path);
    const entry = await lstat(full);
    digest.update(path).update("\0");
    if (entry.isSymbolicLink())
      digest
        .update("l")
        .update(await readlink(full, { encoding: "buffer" }))
        .update("\0");
    else if (entry.isDirectory()) digest.update("d\0");
    else if (entry.isFile()) {
      files += 1;
      bytes += entry.size;
      digest.update(`f${await checksumOf(full)}\0`);
    } else digest.update("o\0");
  }
  return { files, bytes, checksum: digest.digest("hex") };
}

async function* walk(root: string, path?: Buffer): AsyncGenerator<Buffer> {
  const directory = path === undefined ? Buffer.from(root) : below(Buffer.from(root), path);
  const entries = await readdir(directory, { withFileTypes: true, encoding: "buffer" });
  entries.sort((a, b) => a.name.compare(b.name));
  for (const entry of entries) {
    const inner = path === undefined ? entry.name : below(path, entry.name);
    yield inner;
    if (entry.isDirectory()) yield* walk(root, inner);
  }
}

function below(directory: Buffer, name: Buffer): Buffer {
  return Buffer.concat([directory, SLASH, name]);
}

async function checksumOf(path: Buffer): Promise<string> {
  const digest = createHash("sha256");
  await pipeline(createReadStream(path), digest);
  return digest.digest("hex");
}
