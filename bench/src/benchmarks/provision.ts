import { join } from "node:path";
import type { BenchContext } from "../harness/bench-context.ts";
import type { BenchEngine } from "../harness/bench-engine.ts";
import type { Benchmark, Curve } from "../harness/benchmark.ts";
import { interleave, timed, type Contender } from "../harness/interleave.ts";
import { growTree } from "../harness/make-files.ts";
import { median } from "../harness/sample-summary.ts";

const MB = 1e6;
const SIZES = [100 * MB, 300 * MB, 1000 * MB, 3000 * MB, 10_000 * MB];
const QUICK_SIZES = [1 * MB, 4 * MB];
const DATASET = "provisioned tree";

/** A dSource's state at one size: each is a snapshot of the same one, which has grown in between. */
interface State {
  readonly bytes: number;
  readonly snapshot: string;
}

export const provision: Benchmark = {
  name: "provision",
  title: "a VDB of a directory, beside clone, mount and snapshot typed by hand, from small to large",
  bars: ["provision-directory", "provision-flat"],
  run: async (context) => {
    const bench = await context.engine();
    const states = await makeStates(context, bench);
    const rounds = context.isQuick ? 3 : 25;
    const samples = await interleave(contendersFor(bench, states), { rounds });
    const api = states.map(({ bytes }) => samples[`api ${bytes}`] ?? []);
    const byHand = states.map(({ bytes }) => samples[`hand ${bytes}`] ?? []);
    const [first = [], last = []] = [api.at(0), api.at(-1)];
    const all = { ours: api.flat(), byHand: byHand.flat() };
    return {
      figures: [
        {
          bar: "provision-directory",
          value: median(all.ours) / median(all.byHand),
          ours: { what: "request to finished job", unit: "ms", samples: all.ours },
          byHand: { what: "clone, mkdir, mount --bind, snapshot", unit: "ms", samples: all.byHand },
        },
        {
          bar: "provision-flat",
          value: median(last) / median(first),
          ours: { what: `of the largest dataset (${states.at(-1)?.bytes ?? 0} bytes)`, unit: "ms", samples: last },
          byHand: { what: "the same by hand", unit: "ms", samples: byHand.at(-1) ?? [] },
        },
      ],
      curves: [curveOf(states, { api, byHand })],
    };
  },
};

async function makeStates(context: BenchContext, bench: BenchEngine): Promise<readonly State[]> {
  const path = join(bench.engine.directory, "provision-source");
  const states: State[] = [];
  let size = 0;
  for (const bytes of context.isQuick ? QUICK_SIZES : SIZES) {
    context.note(`  a dataset of ${bytes / MB} MB`);
    await growTree(path, size, bytes);
    await (size === 0 ? bench.link(DATASET, path) : bench.sync(DATASET));
    states.push({ bytes, snapshot: await bench.latestSnapshot(DATASET) });
    size = bytes;
  }
  return states;
}

function contendersFor(bench: BenchEngine, states: readonly State[]): Readonly<Record<string, Contender>> {
  const both = states.flatMap(({ bytes, snapshot }): readonly (readonly [string, Contender])[] => [
    [`api ${bytes}`, (round) => timed(() => bench.provision(`provisioned ${bytes} ${round}`, { snapshot }))],
    [`hand ${bytes}`, (round) => bench.provisionByHand(snapshot, `provisioned-${bytes}-${round}`)],
  ]);
  return Object.fromEntries(both);
}

function curveOf(states: readonly State[], lines: { readonly api: readonly number[][]; readonly byHand: readonly number[][] }): Curve {
  const points = (all: readonly number[][]): (readonly [number, number])[] =>
    states.map(({ bytes }, index) => [bytes, median(all[index] ?? [])] as const);
  return {
    id: "provision-by-size",
    title: "Provisioning a directory, by the size of the dataset",
    x: { label: "size of the dataset", unit: "bytes", isLogarithmic: true },
    y: { label: "time, median", unit: "ms" },
    lines: [
      { name: "through the API", points: points(lines.api) },
      { name: "typed by hand", points: points(lines.byHand) },
    ],
  };
}
