import type { JobEvent } from "@opendvp/contract";
import { sentences } from "@opendvp/model";
import { formatClock } from "./format-time.ts";
import { printableLines } from "./printable.ts";

/** A line of a job's story. */
export function jobEventLine({ level, message, action, timestamp }: JobEvent): string {
  return `${formatClock(timestamp)}  ${level === "INFO" ? "" : `${level}: `}${printableLines(sentences(message, action))}`;
}
