import { join } from "node:path";
import { quoted } from "../by-hand/hand-shell.ts";
import type { BenchEngine } from "../harness/bench-engine.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { interleave } from "../harness/interleave.ts";
import { growTree, writeRandom } from "../harness/make-files.ts";

const KIB = 1024;
const DATASET = "changing tree";
const PLACES = 4;

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

    const changedBytes = PLACES * 200 * KIB;
    const change = async (): Promise<void> => {
      for (let place = 0; place < PLACES; place++) {
        await writeRandom(large, changedBytes / PLACES, Math.floor(Math.random() * (largeBytes - changedBytes)));
      }
    };
    const samples = await interleave(
      {
        api: async () => {
          await change();
          return growth(bench, () => bench.sync(DATASET));
        },
        hand: async () => {
          await change();
          return growth(bench, () => byHand.sync());
        },
      },
      // A round changes the source twice, and each side brings both changes over.
      { rounds: context.isQuick ? 2 : 10 },
    );
    const bytes = 2 * changedBytes;
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
