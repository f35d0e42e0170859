import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestModule } from "vitest/node";
import { closingLine, outcomeOf } from "./outcome.ts";

const SLOWEST_SHOWN = 8;
const SLOW_MS = 1000;

/**
 * Ends a run with the slowest files and the closing line. Where OPENDVP_TEST_SUMMARY names a file, the line goes there,
 * so that the script around the run can print it after everything else, and knows of a run that never got here.
 */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const outcome = outcomeOf(modules, unhandledErrors.length);
    for (const line of slowest(modules)) console.log(line);
    // A run in which everything was skipped proves nothing.
    if (outcome.failed > 0 || outcome.passed === 0) process.exitCode = 1;
    const summary = process.env["OPENDVP_TEST_SUMMARY"];
    if (summary === undefined || summary === "") console.log(closingLine(outcome));
    else writeFileSync(summary, `${closingLine(outcome)}\n`);
  }
}

function slowest(modules: readonly TestModule[]): string[] {
  const timed = modules
    .map((module) => ({ path: module.relativeModuleId, ms: module.diagnostic().duration }))
    .filter(({ ms }) => ms >= SLOW_MS)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST_SHOWN);
  if (timed.length === 0) return [];
  return ["", "The slowest files:", ...timed.map(({ path, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${path}`), ""];
}
