import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

export interface TreeSummary {
  readonly files: number;
  readonly bytes: number;
  /** Over names, kinds, link targets and the content of every file. */
  readonly checksum: string;
}

/** Reads a whole tree. Two trees with the same checksum hold the same files with the same content. */
export async function summarizeTree(root: string): Promise<TreeSummary> {
  const digest = createHash("sha256");
  let files = 0;
  let bytes = 0;
  for await (const path of walk(root, "")) {
    const full = join(root, path);
    const entry = await lstat(full);
    digest.update(`${path}\0`);
    if (entry.isSymbolicLink()) digest.update(`l${await readlink(full)}\0`);
    else if (entry.isDirectory()) digest.update("d\0");
    else if (entry.isFile()) {
      files += 1;
      bytes += entry.size;
      digest.update(`f${await checksumOf(full)}\0`);
    } else digest.update("o\0");
  }
  return { files, bytes, checksum: digest.digest("hex") };
}

async function* walk(root: string, path: string): AsyncGenerator<string> {
  const entries = await readdir(join(root, path), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const below = path === "" ? entry.name : `${path}/${entry.name}`;
    yield below;
    if (entry.isDirectory()) yield* walk(root, below);
  }
}

async function checksumOf(path: string): Promise<string> {
  const digest = createHash("sha256");
  await pipeline(createReadStream(path), digest);
  return digest.digest("hex");
}
