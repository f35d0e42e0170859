import type { JobStep } from "../entities/job.ts";
import type { JournalLines } from "./journal-lines.ts";
import type { Plan, PlannedStep } from "./plan.ts";

/** How far a job is at a line of its journal, in percent, by the weights of its steps; `percentOfStep` says how far that line is itself. */
export function percentAt(plan: Plan, lines: JournalLines, at: { readonly line: JobStep; readonly percentOfStep: number }): number {
  const { position, ordinal } = at.line;
  const before = weightOf(plan.steps.slice(0, position));
  const own = weightOf(plan.steps.slice(position, position + 1));
  return (100 * (before + own * partDone(lines, { position, ordinal }, at.percentOfStep))) / weightOf(plan.steps);
}

// Each key of a forEach step is the same part of it.
function partDone(lines: JournalLines, line: Pick<JobStep, "position" | "ordinal">, percentOfStep: number): number {
  const part = Math.min(100, Math.max(0, percentOfStep)) / 100;
  const keys = line.ordinal === 0 ? undefined : lines.at(line.position)?.intent["keys"];
  return Array.isArray(keys) ? (line.ordinal - 1 + part) / keys.length : part;
}

function weightOf(steps: readonly PlannedStep[]): number {
  return steps.reduce((sum, { step }) => sum + (step.weight ?? 1), 0);
}
