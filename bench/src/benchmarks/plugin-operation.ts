import { join } from "node:path";
import { EchoProcess } from "../by-hand/echo-process.ts";
import type { BenchEngine } from "../harness/bench-engine.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { growTree } from "../harness/make-files.ts";
import { median } from "../harness/sample-summary.ts";

const DATASET = "operated tree";
/** Asks the engine for nothing meanwhile: all of its time is the way to the plugin and back. */
const OPERATION = "virtual.mountSpecification";

export const pluginOperation: Benchmark = {
  name: "plugin-operation",
  title: "an operation of a plugin whose process is warm, as the traces of jobs have it",
  bars: ["operation-typescript", "operation-python"],
  run: async (context) => {
    const bench = await context.engine();
    const source = join(bench.engine.directory, "operated-source");
    await growTree(source, 0, 100_000);
    await bench.link(DATASET, source);
    const snapshot = await bench.latestSnapshot(DATASET);
    const echo = new EchoProcess();
    const samples: { readonly ours: number[]; readonly byHand: number[] } = { ours: [], byHand: [] };
    try {
      for (let round = -2; round < (context.isQuick ? 3 : 100); round++) {
        const ours = await operationTime(bench, await bench.provision(`operated ${round}`, { snapshot }));
        const byHand = await echo.roundTrip();
        if (round < 0) continue;
        samples.ours.push(ours);
        samples.byHand.push(byHand);
      }
    } finally {
      await echo.close();
    }
    return {
      figures: [
        {
          bar: "operation-typescript",
          value: median(samples.ours),
          ours: { what: `${OPERATION} in a provision job`, unit: "ms", samples: samples.ours },
          byHand: { what: "a line through pipes to a Node.js process and back", unit: "ms", samples: samples.byHand },
        },
        { bar: "operation-python", missing: "plugins in Python come with a later version" },
      ],
    };
  },
};

async function operationTime({ engine }: BenchEngine, jobId: string): Promise<number> {
  const { spans } = await engine.client.jobs.trace({ params: { jobId } });
  const span = spans.find(({ kind, name }) => kind === "plugin" && name === OPERATION);
  if (span?.duration_ms === undefined || span.duration_ms === null) throw new Error(`The trace of ${jobId} has no ${OPERATION}.`);
  return span.duration_ms;
}
