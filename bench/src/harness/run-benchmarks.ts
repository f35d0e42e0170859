import type { BenchmarkReport, Report } from "../report/report.ts";
import { BenchRun } from "./bench-context.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { describeMachine, loadNow } from "./machine.ts";

export interface RunOptions {
  readonly benchmarks: readonly Benchmark[];
  readonly isQuick: boolean;
  readonly storage: string;
  readonly note: (text: string) => void;
}

/** Runs benchmarks one after the other. One that fails says so in the report and keeps none of the others from running. */
export async function runBenchmarks({ benchmarks, ...options }: RunOptions): Promise<Report> {
  await using run = new BenchRun(options);
  const reports: BenchmarkReport[] = [];
  for (const benchmark of benchmarks) {
    options.note(`${benchmark.name}: ${benchmark.title}`);
    reports.push(await runOne(benchmark, run));
  }
  return { benchmarks: reports };
}

async function runOne(benchmark: Benchmark, run: BenchRun): Promise<BenchmarkReport> {
  const { name, title, bars } = benchmark;
  const about = { name, title, isQuick: run.isQuick, storage: run.storage, takenAt: new Date().toISOString(), machine: describeMachine() };
  const loadBefore = loadNow();
  const startedMs = performance.now();
  let measured: Measurement;
  try {
    measured = await benchmark.run(run);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    measured = { figures: bars.map((bar) => ({ bar, missing: `the benchmark failed: ${reason}` })) };
  } finally {
    await run.endOwn();
  }
  const durationMs = performance.now() - startedMs;
  return { ...about, durationMs, loadBefore, loadAfter: loadNow(), curves: [], notes: [], ...measured };
}
