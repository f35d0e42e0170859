import { FIGURE_HEADS, figureRows } from "./figure-rows.ts";
import type { Report } from "./report.ts";

/** The reason of a failure may be long; the report has all of it. */
const LONGEST_CELL = 60;

/** The figures as lines for a terminal. */
export function figuresTable(report: Report): readonly string[] {
  const rows = [FIGURE_HEADS, ...figureRows(report)].map(([what = "", , measured = "", held = "", ours = "", byHand = ""]) => [
    what,
    measured,
    held,
    ours.length > LONGEST_CELL ? `${ours.slice(0, LONGEST_CELL - 1)}…` : ours,
    byHand,
  ]);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [lines[0] ?? "", widths.map((width) => "─".repeat(width)).join("  "), ...lines.slice(1)];
}
