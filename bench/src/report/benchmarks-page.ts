import { summarise } from "../harness/sample-summary.ts";
import type { Measured } from "../harness/benchmark.ts";
import { FIGURE_HEADS, figureRows } from "./figure-rows.ts";
import { formatQuantity } from "./format-quantity.ts";
import type { BenchmarkReport, Report } from "./report.ts";

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench -- --publish\` from [benchmarks.json](benchmarks/benchmarks.json), which has every single sample.

Each figure was measured in the same run as its yardstick, in turn with it: the same work done by the least commands that somebody could type for it. The shell
that types them stays open, and keeps the time itself. Medians are shown, in brackets what a tenth of the samples was below and above, and how many there were.
Where a promise is not kept, [findings](../bench/findings.md) tell where the time goes, and what it would take.`;

/** The page of the documentation, from what was measured. */
export function benchmarksPage(report: Report): string {
  const sections = report.benchmarks.map(sectionOf);
  return [INTRODUCTION, table(FIGURE_HEADS, figureRows(report)), ...sections].join("\n\n") + "\n";
}

function sectionOf(report: BenchmarkReport): string {
  const title = `## ${report.title[0]?.toUpperCase() ?? ""}${report.title.slice(1)}`;
  const measured = report.figures.flatMap((figure) => ("missing" in figure ? [] : [figure.ours, figure.byHand]));
  const rows = measured.flatMap((each) => (each === undefined ? [] : [samplesRow(each)]));
  const charts = report.curves.map(({ id, title: alt }) => `![${alt}](benchmarks/${id}.svg)`);
  return [
    title,
    circumstances(report),
    ...(rows.length === 0 ? [] : [table(["What", "Median", "A tenth below", "A tenth above", "Samples"], rows)]),
    ...charts,
    ...report.notes,
  ].join("\n\n");
}

function samplesRow({ what, unit, samples }: Measured): readonly string[] {
  const { median, low, high, count } = summarise(samples);
  return [what, ...[median, low, high].map((value) => formatQuantity(value, unit)), String(count)];
}

function circumstances({ name, isQuick, storage, takenAt, machine, loadBefore, loadAfter }: BenchmarkReport): string {
  const { processors, model, memoryBytes, kernel, node } = machine;
  const where = `${processors} × ${model.trim()}, ${formatQuantity(memoryBytes, "bytes")}, Linux ${kernel}, Node.js ${node}, storage \`${storage}\``;
  const load = `Load of the machine: ${loadBefore} before, ${loadAfter} after`;
  const busy = loadBefore > processors ? ": others were at work on it, and the figures tell of them, too" : "";
  return `\`npm run bench -- --only ${name}${isQuick ? " --quick" : ""}\` on ${takenAt.slice(0, 10)}: ${where}. ${load}${busy}.`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}
