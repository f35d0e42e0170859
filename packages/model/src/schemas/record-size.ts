import { EngineError } from "../errors/engine-error.ts";
import type { JsonObject } from "../json/json.ts";

export const DEFAULT_RECORD_SIZE_KB = 8;
export const LARGEST_RECORD_SIZE_KB = 16_384;

/** Whether a value is a record size in KiB: a power of two from 1 to 16384. */
export function isRecordSize(value: unknown): value is number {
  return (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= 1 &&
    value <= LARGEST_RECORD_SIZE_KB &&
    Number.isInteger(Math.log2(value))
  );
}

/**
 * The record size in KiB that the parameters of a linked or virtual source ask for.
 * @throws EngineError `PARAMETERS_INVALID` where it is none
 */
export function recordSizeInKB(parameters: JsonObject): number {
  const value = parameters["recordSizeInKB"] ?? DEFAULT_RECORD_SIZE_KB;
  if (isRecordSize(value)) return value;
  throw new EngineError("PARAMETERS_INVALID", "recordSizeInKB must be a power of two from 1 to 16384.", {
    action: `Give one, such as ${String(DEFAULT_RECORD_SIZE_KB)}.`,
    details: { path: ["recordSizeInKB"] },
  });
}
