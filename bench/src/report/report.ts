import type { Curve, Figure, MissingFigure } from "../harness/benchmark.ts";
import type { Machine } from "../harness/machine.ts";

/** What one benchmark has found, and under which circumstances. */
export interface BenchmarkReport {
  readonly name: string;
  readonly title: string;
  readonly isQuick: boolean;
  readonly storage: string;
  readonly takenAt: string;
  readonly machine: Machine;
  readonly durationMs: number;
  /** The machine's load of the last minute: above the number of processors, figures tell of the neighbours. */
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly figures: readonly (Figure | MissingFigure)[];
  readonly curves: readonly Curve[];
  readonly notes: readonly string[];
}

export interface Report {
  readonly benchmarks: readonly BenchmarkReport[];
}
