import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { initPlugin } from "@opendvp/plugin-tools";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { HandShell, quoted } from "../by-hand/hand-shell.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { interleave } from "../harness/interleave.ts";
import { median } from "../harness/sample-summary.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DVP = join(ROOT, "apps/cli/bin/dvp.mjs");

export const build: Benchmark = {
  name: "build",
  title: "dvp build of a new plugin, beside esbuild and tsc typed by hand",
  bars: ["build-unchecked", "build-checked"],
  run: async (context) => {
    const directory = await makeTestDirectory();
    const shell = new HandShell(directory);
    try {
      await initPlugin({ name: "measured", directory, strategy: "DIRECT", hostType: "UNIX", language: "TYPESCRIPT" });
      const dvp = `node ${quoted(DVP)} build --plugin-config ${quoted(join(directory, "plugin_config.yml"))}`;
      const tool = (name: string): string => quoted(join(ROOT, "node_modules/.bin", name));
      const bundle = `NODE_PATH=${quoted(join(ROOT, "node_modules"))} ${tool("esbuild")} src/plugin.ts --bundle --platform=node --outfile=by-hand.mjs --format=esm --log-level=error`;
      const check = `${tool("tsc")} --noEmit -p .`;
      const samples = await interleave(
        {
          unchecked: () => shell.run([`${dvp} --no-type-check`]),
          bundled: () => shell.run([bundle]),
          checked: () => shell.run([dvp]),
          bundledAndChecked: () => shell.run([bundle, check]),
        },
        { rounds: context.isQuick ? 1 : 10, isWarmedUp: !context.isQuick },
      );
      return {
        figures: [
          {
            bar: "build-unchecked",
            value: median(samples.unchecked),
            ours: { what: "dvp build --no-type-check", unit: "ms", samples: samples.unchecked },
            byHand: { what: "esbuild --bundle", unit: "ms", samples: samples.bundled },
          },
          {
            bar: "build-checked",
            value: median(samples.checked),
            ours: { what: "dvp build", unit: "ms", samples: samples.checked },
            byHand: { what: "esbuild --bundle, tsc --noEmit", unit: "ms", samples: samples.bundledAndChecked },
          },
        ],
      };
    } finally {
      await shell.close();
      await removeTestDirectory(directory);
    }
  },
};
