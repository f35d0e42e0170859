import { join } from "node:path";
import type { BenchContext } from "../harness/bench-context.ts";
import type { BenchEngine } from "../harness/bench-engine.ts";
import type { Benchmark, Curve, Measured } from "../harness/benchmark.ts";
import { timed } from "../harness/interleave.ts";
import { growTree } from "../harness/make-files.ts";
import { memoryOf, type EngineMemory } from "../harness/process-memory.ts";
import { median } from "../harness/sample-summary.ts";

const DATASET = "copied tree";
const AT_ONCE = 4;
const HAND_SAMPLES = 5;

/** What the n-th hundred of copies took, each and together, and the same by hand at that moment. */
interface Batch {
  readonly copies: number;
  readonly each: readonly number[];
  readonly wholeMs: number;
  readonly byHand: readonly number[];
}

export const manyCopies: Benchmark = {
  name: "many-copies",
  title: "a thousand VDBs of one dSource",
  bars: ["many-rate", "many-flat", "many-memory", "many-listing", "many-restart"],
  run: async (context) => {
    // Its memory and its restart are to tell of these copies alone.
    const bench = await (context.isQuick ? context.engine() : context.ownEngine());
    const path = join(bench.engine.directory, "many-source");
    await growTree(path, 0, 1_000_000);
    await bench.link(DATASET, path);
    const batches = await makeCopies(context, bench);
    const copies = batches.at(-1)?.copies ?? 0;
    const listing = await measureListing(bench, context.isQuick ? 3 : 20);
    const memory = await memoryOf(bench.engine.pid);
    await bench.engine.stop();
    const restart = await timed(() => bench.engine.restart());
    const afterRestart = await measureListing(bench, context.isQuick ? 3 : 20);
    const [first, last] = [batches.at(0)?.wholeMs ?? 0, batches.at(-1)?.wholeMs ?? 0];
    const whole = batches.reduce((sum, { wholeMs }) => sum + wholeMs, 0);
    return {
      figures: [
        { bar: "many-rate", value: copies / (whole / 1000), ...eachOf(batches) },
        { bar: "many-flat", value: last / first, ours: inMs("one of the last hundred, several at once", batches.at(-1)?.each ?? []) },
        { bar: "many-memory", value: memory.engineBytes },
        { bar: "many-listing", value: median(listing), ours: inMs(`GET /v3/vdbs, all ${copies}`, listing) },
        { bar: "many-restart", value: restart, ours: inMs("from its start until it answers", [restart]) },
      ],
      curves: [curveOf(batches)],
      notes: [...notesOf(memory), `Listing after the restart: median ${median(afterRestart).toFixed(1)} ms. ${AT_ONCE} requests at once.`],
    };
  },
};

async function makeCopies(context: BenchContext, bench: BenchEngine): Promise<readonly Batch[]> {
  const [batchSize, count] = context.isQuick ? [8, 2] : [100, 10];
  const snapshot = await bench.latestSnapshot(DATASET);
  // The first of all starts a plugin's processes.
  await Promise.all(numbers(AT_ONCE).map((n) => bench.provision(`warm ${n}`, { snapshot })));
  const batches: Batch[] = [];
  for (const batch of numbers(count)) {
    const waiting = numbers(batchSize).map((n) => `copy ${batch * batchSize + n}`);
    const each: number[] = [];
    const wholeMs = await timed(() =>
      Promise.all(
        numbers(AT_ONCE).map(async () => {
          for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
            const copy = name;
            each.push(await timed(() => bench.provision(copy, { snapshot })));
          }
        }),
      ),
    );
    const copies = (batch + 1) * batchSize;
    const byHand: number[] = [];
    for (const n of numbers(HAND_SAMPLES)) byHand.push(await bench.provisionByHand(snapshot, `copied-${batch}-${n}`));
    batches.push({ copies, each, wholeMs, byHand });
    context.note(`  ${copies} copies, ${Math.round(wholeMs / batchSize)} ms each`);
  }
  return batches;
}

async function measureListing({ engine }: BenchEngine, rounds: number): Promise<readonly number[]> {
  const samples: number[] = [];
  await engine.client.vdbs.list({ query: { limit: 1000 } });
  for (let round = 0; round < rounds; round++) samples.push(await timed(() => engine.client.vdbs.list({ query: { limit: 1000 } })));
  return samples;
}

function eachOf(batches: readonly Batch[]): { readonly ours: Measured; readonly byHand: Measured } {
  return {
    ours: inMs(
      "request to finished job, several at once",
      batches.flatMap(({ each }) => each),
    ),
    byHand: inMs(
      "clone, mkdir, mount --bind, snapshot, one at a time",
      batches.flatMap(({ byHand }) => byHand),
    ),
  };
}

function notesOf({ engineBytes, children, childrenBytes }: EngineMemory): readonly string[] {
  const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  return [`The engine's process holds ${mb(engineBytes)}, the ${children} processes of plugins beside it ${mb(childrenBytes)}.`];
}

function curveOf(batches: readonly Batch[]): Curve {
  return {
    id: "provision-by-copies",
    title: "Provisioning a directory, by the number of copies that there are",
    x: { label: "copies of the same dSource", unit: "count" },
    y: { label: "time, median", unit: "ms" },
    lines: [
      { name: `through the API, ${AT_ONCE} at once`, points: batches.map(({ copies, each }) => [copies, median(each)] as const) },
      { name: "typed by hand, one at a time", points: batches.map(({ copies, byHand }) => [copies, median(byHand)] as const) },
    ],
  };
}

function inMs(what: string, samples: readonly number[]): Measured {
  return { what, unit: "ms", samples };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n);
}
