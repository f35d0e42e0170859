import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

const MIB = 1024 * 1024;
const LARGE_BYTES = 64 * MIB;

/**
 * Grows a directory tree to a size: files of up to 64 MiB, and beside each a hundred small ones. Its content is random, so that
 * nothing that compresses or shares blocks makes it smaller. What is there already stays.
 */
export async function growTree(directory: string, from: number, to: number): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (let at = from; at < to; at += LARGE_BYTES) {
    const part = join(directory, `part-${at}`);
    await mkdir(part);
    await writeRandom(join(part, "large"), Math.min(LARGE_BYTES, to - at));
    for (let file = 0; file < 100; file++) await writeRandom(join(part, `small-${file}`), 1024 + file);
  }
}

/** Writes random bytes into a file, anew or from an offset on. */
export async function writeRandom(path: string, sizeBytes: number, offset?: number): Promise<void> {
  const file = await open(path, offset === undefined ? "w" : "r+");
  const source = createReadStream("/dev/urandom", { end: sizeBytes - 1, highWaterMark: MIB });
  await pipeline(source, file.createWriteStream({ highWaterMark: MIB, ...(offset === undefined ? {} : { start: offset }) }));
}
