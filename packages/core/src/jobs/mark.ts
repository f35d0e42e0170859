import { createHash } from "node:crypto";
import type { Reference } from "@opendvp/model";
import type { JobStep } from "../entities/job.ts";

/** What the marks of one line of a journal begin with: its step's, or that key's, and the one of its undo. */
export function lineMark(engineId: string, job: Reference<"JOB">, line: Pick<JobStep, "position" | "key">): string {
  // Keys may hold anything, and a mark must be a plain word that is no prefix of another line's.
  const key = line.key === "" ? "-" : createHash("sha256").update(line.key).digest("hex").slice(0, 12);
  return `${engineId}:${job}:${line.position}:${key}:`;
}

/** The mark that every process carries which a step starts, or its undo. */
export function stepMark(engineId: string, job: Reference<"JOB">, line: Pick<JobStep, "position" | "key" | "state">): string {
  return `${lineMark(engineId, job, line)}${line.state === "UNDOING" ? "undo" : "run"}:`;
}

/** The mark of what monitoring starts; it is ended whole at the next start of the engine. */
export function monitorMark(engineId: string): string {
  return `${engineId}:MONITOR:`;
}
