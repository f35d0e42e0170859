import { build } from "./benchmarks/build.ts";
import { firstSync } from "./benchmarks/first-sync.ts";
import { freshCopy } from "./benchmarks/fresh-copy.ts";
import { incrementalSync } from "./benchmarks/incremental-sync.ts";
import { manyCopies } from "./benchmarks/many-copies.ts";
import { pluginOperation } from "./benchmarks/plugin-operation.ts";
import { postgresql } from "./benchmarks/postgresql.ts";
import { provision } from "./benchmarks/provision.ts";
import type { Benchmark } from "./harness/benchmark.ts";

/** All of them, in the order in which they run: what measures space comes after what measures time. */
export const BENCHMARKS: readonly Benchmark[] = [
  provision,
  pluginOperation,
  build,
  manyCopies,
  postgresql,
  firstSync,
  incrementalSync,
  freshCopy,
];
