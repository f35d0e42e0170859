import { join } from "node:path";
import { quoted } from "../by-hand/hand-shell.ts";
import type { BenchEngine } from "../harness/bench-engine.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { interleave } from "../harness/interleave.ts";
import { inStep } from "../harness/in-step.ts";
import { growTree, writeRandom } from "../harness/make-files.ts";

const KIB = 1024;
const DATASET = "changing tree";
const PLACES = 4;
const PLACE_BYTES = 200 * KIB;

export const incrementalSync: Benchmark = {
  name: "incremental-sync",
  title: "what a sync adds to the pool when little of a large file has changed",
  bars: ["incremental-sync"],
  run: async (context) => {
    const bench = await context.engine();
    const largeBytes = (context.isQuick ? 8 : 300) * KIB * KIB;
    const source = join(bench.engine.directory, "changing-source");
    await growTree(source, 0, context.isQuick ? 1_000_000 : 100_000_000);
    const large = join(source, "large");
    await writeRandom(large, largeBytes);
    await bench.link(DATASET, source);
    const byHand = new SyncByHand(bench, source);
    await byHand.sync();

    const stripeBytes = largeBytes / PLACES;
    const change = async (): Promise<void> => {
      for (let place = 0; place < PLACES; place++) {
        const within = Math.floor(Math.random() * (stripeBytes - PLACE_BYTES));
        await writeRandom(large, PLACE_BYTES, place * stripeBytes + within);
      }
    };
    const samples = await interleave(
      inStep({
        change,
        follow: { api: () => bench.sync(DATASET), hand: () => byHand.sync() },
        measure: (work) => growth(bench, work),
      }),
      { rounds: context.isQuick ? 2 : 10 },
    );
    const bytes = PLACES * PLACE_BYTES;
    return {
      figures: [
        {
          bar: "incremental-sync",
          value: Math.max(...samples.api) - 1.5 * bytes,
          ours: { what: `sync of ${bytes} changed bytes`, unit: "bytes", samples: samples.api },
          byHand: { what: "rsync --inplace --no-whole-file, snapshot", unit: "bytes", samples: samples.hand },
        },
      ],
      notes: ["The worst sync is compared with the bar, not the median."],
    };
  },
};

async function growth(bench: BenchEngine, work: () => Promise<unknown>): Promise<number> {
  const before = await bench.usedBytes();
  await work();
  return (await bench.usedBytes()) - before;
}

/** Into one dataset, with a snapshot after each, as the engine has it. */
class SyncByHand {
  readonly #bench: BenchEngine;
  readonly #source: string;
  #count = 0;

  constructor(bench: BenchEngine, source: string) {
    this.#bench = bench;
    this.#source = source;
  }

  async sync(): Promise<number> {
    const { hand, shell } = this.#bench;
    const name = "changing";
    const copy = `rsync -aHAX --numeric-ids --inplace --no-whole-file ${quoted(`${this.#source}/`)} ${quoted(`${hand.pathOf(name)}/`)}`;
    const made = this.#count === 0 ? [hand.create(name)] : [];
    this.#count += 1;
    return shell.run([...made, copy, hand.snapshot(name, `sync-${this.#count}`)]);
  }
}
