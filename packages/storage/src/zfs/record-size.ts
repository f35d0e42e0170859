import type { ZfsFeatures } from "./features.ts";

const SMALLEST = 512;

/** The option that gives a dataset its record size: the next power of two below what is asked for that this ZFS has. */
export function recordSizeOption(wantedBytes: number | undefined, { largestRecordBytes }: ZfsFeatures): readonly string[] {
  if (wantedBytes === undefined) return [];
  const bytes = Math.min(Math.max(SMALLEST, 2 ** Math.floor(Math.log2(Math.max(1, wantedBytes)))), largestRecordBytes);
  return ["-o", `recordsize=${bytes}`];
}
