import type { StepFigures } from "./figures.ts";
import { formatBytes, formatDuration } from "./format-quantity.ts";

/** What was done, with times and space, as lines for a terminal. */
export function stepsTable(steps: readonly StepFigures[]): string[] {
  const rows = steps.map(({ step, durationMs, jobMs, poolGrowthBytes }) => [
    step,
    formatDuration(durationMs),
    jobMs === null ? "" : formatDuration(jobMs),
    poolGrowthBytes === null ? "" : formatBytes(poolGrowthBytes),
  ]);
  return alignColumns([["Step", "Command", "Job in it", "Pool grew by"], ...rows]);
}

/** The first column to the left, the others to the right, with a rule below the head. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [lines[0] ?? "", rule, ...lines.slice(1)];
}
