import type { JobEvent } from "@opendvp/contract";
import { formatClock } from "./format-time.ts";
import { printableLines } from "./printable.ts";

/** A line of a job's story. */
export function jobEventLine({ level, message, action, timestamp }: JobEvent): string {
  const told = [message, action].filter((text) => text !== "").join(" ");
  return `${formatClock(timestamp)}  ${level === "INFO" ? "" : `${level}: `}${printableLines(told)}`;
}
