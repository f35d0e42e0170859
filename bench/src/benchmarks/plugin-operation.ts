import { join } from "node:path";
import { findPythons } from "@opendvp/testkit";
import { EchoProcess, echoInNode, echoInPython } from "../by-hand/echo-process.ts";
import type { BenchContext } from "../harness/bench-context.ts";
import type { BenchEngine } from "../harness/bench-engine.ts";
import type { Benchmark, Figure, MissingFigure } from "../harness/benchmark.ts";
import { growTree } from "../harness/make-files.ts";
import { median } from "../harness/sample-summary.ts";
import { installPlugin } from "../../../e2e/engine-under-test/index.ts";

/** Asks the engine for nothing meanwhile: all of its time is the way to the plugin and back. */
const OPERATION = "virtual.mountSpecification";

interface Rounds {
  readonly bar: "operation-typescript" | "operation-python";
  readonly language: string;
  readonly echo: EchoProcess;
  /** Provisions a VDB of this name and gives its job. */
  readonly provision: (name: string) => Promise<string>;
}

export const pluginOperation: Benchmark = {
  name: "plugin-operation",
  title: "an operation of a plugin whose process is warm, as the traces of jobs have it",
  bars: ["operation-typescript", "operation-python"],
  run: async (context) => {
    return { figures: [await inTypeScript(context), await inPython(context)] };
  },
};

async function inTypeScript(context: BenchContext): Promise<Figure> {
  const bench = await context.engine();
  await bench.link("operated tree", await makeSource(bench));
  const snapshot = await bench.latestSnapshot("operated tree");
  return measure(context, bench, {
    bar: "operation-typescript",
    language: "Node.js",
    echo: new EchoProcess(echoInNode()),
    provision: (name) => bench.provision(name, { snapshot }),
  });
}

async function inPython(context: BenchContext): Promise<Figure | MissingFigure> {
  const python = [...(await findPythons())].find(([version]) => version.startsWith("3"))?.[1];
  if (python === undefined) return { bar: "operation-python", missing: "this machine has no Python 3" };
  // Its copies are asked for their status, which would be in the way of others.
  const bench = await context.ownEngine();
  const { engine } = bench;
  const { client } = engine;
  const plugin = await installPlugin(engine, "staged-directory-python");
  const name = "operated tree in Python";
  const parameters = { mountPath: join(engine.directory, "operated-staging") };
  const source_id = await plugin.addSource(await makeSource(bench));
  await engine.run(client.dsources.linkAppdata({ body: { name, source_id, parameters } }));
  const snapshot_id = await bench.latestSnapshot(name);
  return measure(context, bench, {
    bar: "operation-python",
    language: "Python",
    echo: new EchoProcess(echoInPython(python)),
    provision: async (copy) => {
      const appdata_source_params = { mountPath: join(engine.directory, "copies", copy) };
      const body = { name: copy, repository_id: plugin.repository, appdata_source_params, snapshot_id };
      return (await engine.run(client.vdbs.provisionBySnapshot({ body }))).job.id;
    },
  });
}

async function makeSource({ engine }: BenchEngine): Promise<string> {
  const source = join(engine.directory, "operated-source");
  await growTree(source, 0, 100_000);
  return source;
}

async function measure(context: BenchContext, bench: BenchEngine, { bar, language, echo, provision }: Rounds): Promise<Figure> {
  const samples: { readonly ours: number[]; readonly byHand: number[] } = { ours: [], byHand: [] };
  try {
    for (let round = -2; round < (context.isQuick ? 3 : 100); round++) {
      const ours = await operationTime(bench, await provision(`operated ${language} ${round}`));
      const byHand = await echo.roundTrip();
      if (round < 0) continue;
      samples.ours.push(ours);
      samples.byHand.push(byHand);
    }
  } finally {
    await echo.close();
  }
  return {
    bar,
    value: median(samples.ours),
    ours: { what: `${OPERATION} in a provision job`, unit: "ms", samples: samples.ours },
    byHand: { what: `a line through pipes to a ${language} process and back`, unit: "ms", samples: samples.byHand },
  };
}

async function operationTime({ engine }: BenchEngine, jobId: string): Promise<number> {
  const { spans } = await engine.client.jobs.trace({ params: { jobId } });
  const span = spans.find(({ kind, name }) => kind === "plugin" && name === OPERATION);
  if (span?.duration_ms === undefined || span.duration_ms === null) throw new Error(`The trace of ${jobId} has no ${OPERATION}.`);
  return span.duration_ms;
}
