import { basename, dirname } from "node:path";
import type { DatasetUsage } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runProgram } from "../pool/run-program.ts";

// The kernel compresses at most 128 KiB into at least 4 KiB.
const STRONGEST_COMPRESSION = 32;

/** Bytes of file content, before compression and without metadata; found by walking the tree's extents. */
export async function usageOf(path: string): Promise<DatasetUsage> {
  const [usage] = await measure([path]);
  if (usage === undefined) throw notMeasured(path);
  return usage;
}

/**
 * What each tree holds alone is freed for sure. What several share among themselves alone is freed too, but the
 * kernel does not tell it from what others share as well; and of compressed content it tells the length before
 * compression only. Then the answer is "at least".
 */
export async function freedBytes(
  paths: readonly string[],
  isCompressing: boolean,
): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
  const exclusiveBytes = (await measure(paths)).reduce((sum, usage) => sum + usage.exclusiveBytes, 0);
  if (isCompressing && exclusiveBytes > 0) return { bytes: Math.floor(exclusiveBytes / STRONGEST_COMPRESSION), isExact: false };
  return { bytes: exclusiveBytes, isExact: paths.length === 1 };
}

async function measure(paths: readonly string[]): Promise<readonly DatasetUsage[]> {
  const [first = ""] = paths;
  const pool = dirname(dirname(first));
  // What is still in memory has no extents yet.
  await runProgram("sync", ["--file-system", "--", first]);
  const names = paths.map((path) => `${basename(dirname(path))}/${basename(path)}`);
  const output = await runProgram("btrfs", ["filesystem", "du", "-s", "--raw", ...names], { cwd: pool });
  const lines = [...output.matchAll(/^\s*(\d+)\s+(\d+)\s+(?:\d+|-)\s+\S+$/gm)];
  if (lines.length !== paths.length) throw notMeasured(first);
  return lines.map(([, total, exclusive]) => ({ referencedBytes: Number(total), exclusiveBytes: Number(exclusive) }));
}

function notMeasured(path: string): EngineError {
  return new EngineError("STORAGE_FAILED", `btrfs did not measure ${JSON.stringify(path)}.`, {
    action: "Repeat; report it if it stays so.",
  });
}
