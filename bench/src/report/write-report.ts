import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";
import { benchmarksPage } from "./benchmarks-page.ts";
import { lineChart } from "./line-chart.ts";
import type { Report } from "./report.ts";

/** Writes the samples and the charts into a directory. */
export async function writeReport(report: Report, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "benchmarks.json"), `${JSON.stringify(report)}\n`);
  for (const curve of report.benchmarks.flatMap(({ curves }) => curves)) {
    await writeFile(join(directory, `${curve.id}.svg`), lineChart(curve));
  }
}

/** Writes `docs/benchmarks.md` and what it shows. Benchmarks that did not run now stay as they were published. */
export async function publishReport(report: Report, docs: string): Promise<void> {
  const directory = join(docs, "benchmarks");
  const whole = merged(await readReport(join(directory, "benchmarks.json")), report);
  await writeReport(whole, directory);
  const page = join(docs, "benchmarks.md");
  const style = await resolveConfig(page);
  await mkdir(dirname(page), { recursive: true });
  await writeFile(page, await format(benchmarksPage(whole), { ...style, filepath: page }));
}

/** The published benchmarks, each replaced by a newer one of its name. */
export function merged(published: Report, report: Report): Report {
  const fresh = new Map(report.benchmarks.map((each) => [each.name, each]));
  const kept = published.benchmarks.map((each) => fresh.get(each.name) ?? each);
  const names = new Set(kept.map(({ name }) => name));
  return { benchmarks: [...kept, ...report.benchmarks.filter(({ name }) => !names.has(name))] };
}

async function readReport(path: string): Promise<Report> {
  return existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as Report) : { benchmarks: [] };
}
