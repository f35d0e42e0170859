import { createHash } from "node:crypto";
import type { Reference } from "@opendvp/model";

/** The mark of one step of one job: every process that the step starts carries it. */
export function stepMark(engineId: string, job: Reference<"JOB">, line: { readonly position: number; readonly key: string }): string {
  // Keys may hold anything, and a mark must be a plain word that is no prefix of another step's.
  const key = line.key === "" ? "-" : createHash("sha256").update(line.key).digest("hex").slice(0, 12);
  return `${engineId}:${job}:${line.position}:${key}:`;
}

/** The mark of what monitoring starts; it is ended whole at the next start of the engine. */
export function monitorMark(engineId: string): string {
  return `${engineId}:MONITOR:`;
}
