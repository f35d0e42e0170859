import type { ZfsFeatures } from "./features.ts";

const SMALLEST = 512;

/** The record size that a dataset gets: the next power of two below what is asked for that this ZFS has. */
export function recordSizeFor(wantedBytes: number, { largestRecordBytes }: ZfsFeatures): number {
  return Math.min(Math.max(SMALLEST, 2 ** Math.floor(Math.log2(Math.max(1, wantedBytes)))), largestRecordBytes);
}
