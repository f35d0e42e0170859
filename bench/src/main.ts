import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanUpLeftovers } from "@opendvp/testkit";
import { BARS, holds } from "./bars.ts";
import { removeOwnDirectories } from "./harness/remove-own-directories.ts";
import { runBenchmarks } from "./harness/run-benchmarks.ts";
import { parseOptions, USAGE } from "./options.ts";
import { figuresTable } from "./report/figures-table.ts";
import type { Report } from "./report/report.ts";
import { publishReport, writeReport } from "./report/write-report.ts";

const DOCS = fileURLToPath(new URL("../../docs", import.meta.url));

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.isHelp) {
    process.stdout.write(USAGE);
    return;
  }
  if (process.geteuid?.() !== 0) throw new Error("The benchmarks mount what they measure: run them as root.");
  await cleanUpLeftovers();
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void breakOff(signal, note));
  const report = await runBenchmarks({ ...options, note });
  await writeReport(report, resolve(options.out));
  if (options.isPublishing) await publishReport(report, DOCS);
  process.stdout.write(`${figuresTable(report).join("\n")}\n\nSamples and charts: ${resolve(options.out)}\n`);
  process.exitCode = isSatisfying(report, options.isQuick) ? 0 : 1;
}

/** Ends everything where it stands. A pool in a place that the user has named is cleared by the next run there. */
async function breakOff(signal: NodeJS.Signals, note: (text: string) => void): Promise<void> {
  note(`Broken off by ${signal}: cleaning up.`);
  await removeOwnDirectories();
  process.exit(130);
}

/** A quick run only has to come to its figures, a whole one to hold them. */
function isSatisfying({ benchmarks }: Report, isQuick: boolean): boolean {
  const figures = benchmarks.flatMap((each) => each.figures);
  return figures.every((figure) =>
    "missing" in figure ? !figure.missing.startsWith("the benchmark failed") : isQuick || holds(BARS[figure.bar], figure.value),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
