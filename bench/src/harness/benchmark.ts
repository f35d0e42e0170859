import type { BarId } from "../bars.ts";
import type { BenchContext } from "./bench-context.ts";

/** A bar and what was measured for it. */
export interface Figure {
  readonly bar: BarId;
  /** What is compared with the bar. */
  readonly value: number;
  /** What the product took, and the same typed by hand beside it, in `unit`. */
  readonly ours?: Measured;
  readonly byHand?: Measured;
}

export interface Measured {
  readonly what: string;
  readonly unit: "ms" | "bytes" | "bytes per s";
  readonly samples: readonly number[];
}

/** A bar that cannot be measured here, and why. */
export interface MissingFigure {
  readonly bar: BarId;
  readonly missing: string;
}

/** How something goes with the size of a dataset, or with the number of copies. */
export interface Curve {
  readonly id: string;
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

export interface Axis {
  readonly label: string;
  readonly unit: "bytes" | "ms" | "count";
  readonly isLogarithmic?: boolean;
}

export interface Measurement {
  readonly figures: readonly (Figure | MissingFigure)[];
  readonly curves?: readonly Curve[];
  /** What a reader must know to judge the figures. */
  readonly notes?: readonly string[];
}

/** Measures one subject beside its yardstick. */
export interface Benchmark {
  readonly name: string;
  readonly title: string;
  readonly bars: readonly BarId[];
  run(context: BenchContext): Promise<Measurement>;
}
