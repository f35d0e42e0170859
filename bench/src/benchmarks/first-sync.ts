import { rename } from "node:fs/promises";
import { join } from "node:path";
import { quoted } from "../by-hand/hand-shell.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { interleave, timed } from "../harness/interleave.ts";
import { growTree } from "../harness/make-files.ts";
import { median } from "../harness/sample-summary.ts";

export const firstSync: Benchmark = {
  name: "first-sync",
  title: "the first sync of a directory, beside rsync and a snapshot typed by hand",
  bars: ["first-sync"],
  run: async (context) => {
    const bench = await context.engine();
    const bytes = context.isQuick ? 4_000_000 : 1_000_000_000;
    let source = join(bench.engine.directory, "sync-source");
    await growTree(source, 0, bytes);
    // One directory is linked once: each round finds the same files elsewhere.
    const linkAnew = async (round: number): Promise<number> => {
      const former = source;
      source = join(bench.engine.directory, `sync-source-${round}`);
      await rename(former, source);
      return timed(() => bench.link(`synced ${round}`, source));
    };
    const { hand, shell } = bench;
    const samples = await interleave(
      {
        api: linkAnew,
        hand: (round) => {
          const name = `synced-${round}`;
          const copy = `rsync -aHAXS --numeric-ids ${quoted(`${source}/`)} ${quoted(`${hand.pathOf(name)}/`)}`;
          return shell.run([hand.create(name), copy, hand.snapshot(name, "first")]);
        },
      },
      { rounds: context.isQuick ? 2 : 5 },
    );
    const rates = (all: readonly number[]): readonly number[] => all.map((ms) => bytes / (ms / 1000));
    const [ours, byHand] = [rates(samples.api), rates(samples.hand)];
    return {
      figures: [
        {
          bar: "first-sync",
          value: median(ours) / median(byHand),
          ours: { what: `link a tree of ${bytes / 1e6} MB`, unit: "bytes per s", samples: ours },
          byHand: { what: "rsync -aHAXS, snapshot", unit: "bytes per s", samples: byHand },
        },
      ],
    };
  },
};
