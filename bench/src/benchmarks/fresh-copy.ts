import { join } from "node:path";
import type { BenchEngine } from "../harness/bench-engine.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { interleave } from "../harness/interleave.ts";
import { growTree } from "../harness/make-files.ts";
import { median } from "../harness/sample-summary.ts";

const DATASET = "fresh tree";

export const freshCopy: Benchmark = {
  name: "fresh-copy",
  title: "what a fresh VDB adds to the pool, its first snapshot included",
  bars: ["fresh-copy"],
  run: async (context) => {
    const bench = await context.engine();
    const source = join(bench.engine.directory, "fresh-source");
    await growTree(source, 0, context.isQuick ? 1_000_000 : 200_000_000);
    await bench.link(DATASET, source);
    const snapshot = await bench.latestSnapshot(DATASET);
    const copies = context.isQuick ? 2 : 10;
    const samples = await interleave(
      {
        api: (round) => each(bench, copies, (n) => bench.provision(`fresh ${round} ${n}`, { snapshot })),
        hand: (round) => each(bench, copies, (n) => bench.provisionByHand(snapshot, `fresh-${round}-${n}`)),
      },
      { rounds: context.isQuick ? 2 : 6 },
    );
    return {
      figures: [
        {
          bar: "fresh-copy",
          value: median(samples.api),
          ours: { what: "growth of the pool a VDB", unit: "bytes", samples: samples.api },
          byHand: { what: "clone, mkdir, mount --bind, snapshot", unit: "bytes", samples: samples.hand },
        },
      ],
    };
  },
};

/** What some copies add to the pool, each of them on average: a single one is below the size of the pool's blocks. */
async function each(bench: BenchEngine, copies: number, make: (n: number) => Promise<unknown>): Promise<number> {
  const before = await bench.usedBytes();
  for (let n = 0; n < copies; n++) await make(n);
  return ((await bench.usedBytes()) - before) / copies;
}
