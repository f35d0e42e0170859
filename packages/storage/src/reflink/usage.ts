import type { DatasetUsage } from "@opendvp/core";
import { runProgram } from "../pool/run-program.ts";

// `filefrag` counts in blocks of this size.
const BLOCK_BYTES = 1024;
// btrfs compresses at most 128 KiB into at least 4 KiB, and tells the length before.
const STRONGEST_COMPRESSION = 32;

const EXTENT = /^ *\d+: +\d+\.\. *\d+: +\d+\.\. *\d+: +(?<length>\d+):(?: +\d+:)? *(?<flags>[a-z_,]+)?$/gm;

interface Measured extends DatasetUsage {
  /** What is on disk at least of that which nothing else shares. */
  readonly leastFreedBytes: number;
}

/** Bytes of file content without metadata, from the extents of each file. What two files of the same tree share counts as shared. */
export async function usageOf(path: string): Promise<DatasetUsage> {
  const { exclusiveBytes, referencedBytes } = await measure(path);
  return { exclusiveBytes, referencedBytes };
}

/** What nobody shares is freed for sure; what these share among themselves alone cannot be told from the rest. */
export async function freedBytes(paths: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
  let bytes = 0;
  for (const path of paths) bytes += (await measure(path)).leastFreedBytes;
  return { bytes, isExact: false };
}

async function measure(tree: string): Promise<Measured> {
  // What is still in memory has no extents yet.
  await runProgram("sync", ["--file-system", "--", tree]);
  const find = ["-c", `find . -xdev -type f -size +0 -print0 | xargs -0 -r filefrag -v -b${BLOCK_BYTES} --`];
  return sumExtents(await runProgram("bash", ["-o", "pipefail", ...find], { cwd: tree }));
}

/** Adds up the extents that `filefrag -v` lists. */
export function sumExtents(listing: string): Measured {
  let [referencedBytes, exclusiveBytes, leastFreedBytes] = [0, 0, 0];
  for (const { groups } of listing.matchAll(EXTENT)) {
    const bytes = Number(groups?.["length"]) * BLOCK_BYTES;
    const flags = (groups?.["flags"] ?? "").split(",");
    referencedBytes += bytes;
    if (flags.includes("shared")) continue;
    exclusiveBytes += bytes;
    leastFreedBytes += flags.includes("encoded") ? bytes / STRONGEST_COMPRESSION : bytes;
  }
  return { referencedBytes, exclusiveBytes, leastFreedBytes: Math.floor(leastFreedBytes) };
}
