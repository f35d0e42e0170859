import type { Figures } from "./figures.ts";
import { formatBytes, formatDuration } from "./format-quantity.ts";

/** The figures as lines for a terminal. */
export function figuresTable(figures: Figures): string[] {
  const { source, pool, copies } = figures;
  const rows = figures.steps.map(({ step, durationMs, jobMs, poolGrowthBytes }) => [
    step,
    formatDuration(durationMs),
    jobMs === null ? "" : formatDuration(jobMs),
    poolGrowthBytes === null ? "" : formatBytes(poolGrowthBytes),
  ]);
  return [
    ...alignColumns([["Step", "Command", "Job in it", "Pool grew by"], ...rows]),
    "",
    `Linked: ${source.path}, ${source.files} files, ${formatBytes(source.bytes)}.`,
    `The ${copies.count} copies show ${formatBytes(copies.logicalBytes)} and take ${formatBytes(copies.usedBytes)} of the ${pool.driver} pool.`,
    ...(pool.isThin ? [] : ["This pool copies in full: as root on a machine with btrfs, copies share what they have in common."]),
  ];
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
