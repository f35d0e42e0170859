import { BARS, holds } from "../bars.ts";
import type { Figure, Measured, MissingFigure } from "../harness/benchmark.ts";
import { summarise } from "../harness/sample-summary.ts";
import { formatQuantity } from "./format-quantity.ts";
import type { Report } from "./report.ts";

export const FIGURE_HEADS = ["What", "Promise", "Measured", "Held", "Here", "By hand"] as const;

/** One row a figure: what was promised, what came of it, and the medians with what lies between a tenth from below and above. */
export function figureRows({ benchmarks }: Report): readonly (readonly string[])[] {
  return benchmarks.flatMap(({ figures }) => figures.map(rowOf));
}

function rowOf(figure: Figure | MissingFigure): readonly string[] {
  const bar = BARS[figure.bar];
  if ("missing" in figure) return [bar.what, bar.promise, "—", "not measured", figure.missing, ""];
  const { value, ours, byHand } = figure;
  return [
    bar.what,
    bar.promise,
    formatQuantity(value, bar.unit),
    holds(bar, value) ? "yes" : "NO",
    ours === undefined ? "" : spread(ours),
    byHand === undefined ? "" : spread(byHand),
  ];
}

function spread({ samples, unit }: Measured): string {
  const { median, low, high, count } = summarise(samples);
  const shown = (value: number): string => formatQuantity(value, unit);
  return count === 1 ? shown(median) : `${shown(median)} (${shown(low)} … ${shown(high)}, ${count})`;
}
