import { parseArgs } from "node:util";
import { BENCHMARKS } from "./benchmarks.ts";
import type { Benchmark } from "./harness/benchmark.ts";

export const USAGE = `npm run bench -- [options]

Measures each promise about speed and space beside the same work typed by hand. Needs root, and an otherwise idle machine.

  --only NAMES     ${BENCHMARKS.map(({ name }) => name).join(", ")}; parted by commas
  --quick          small and few: shows that everything works, its figures mean little
  --storage SPEC   as of dvp engine start: embedded[:SIZE], btrfs:DIR, zfs:DATASET, reflink:DIR, copy:DIR; default: embedded:64G
  --out DIR        where benchmarks.json and the charts go; default: .opendvp/bench
  --publish        write docs/benchmarks.md as well
  --help           show this
`;

export interface BenchOptions {
  readonly benchmarks: readonly Benchmark[];
  readonly isQuick: boolean;
  readonly storage: string;
  readonly out: string;
  readonly isPublishing: boolean;
  readonly isHelp: boolean;
}

const OPTIONS = {
  only: { type: "string" },
  quick: { type: "boolean", default: false },
  storage: { type: "string", default: "embedded:64G" },
  out: { type: "string", default: ".opendvp/bench" },
  publish: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** @throws where an argument is none of these */
export function parseOptions(args: readonly string[]): BenchOptions {
  const values = valuesOf(args);
  if (values.quick && values.publish) throw new Error("What --quick measures is not worth publishing: leave one of the two out.");
  return {
    benchmarks: values.only === undefined ? BENCHMARKS : values.only.split(",").map(named),
    isQuick: values.quick,
    storage: values.storage,
    out: values.out,
    isPublishing: values.publish,
    isHelp: values.help,
  };
}

function named(name: string): Benchmark {
  const found = BENCHMARKS.find((each) => each.name === name.trim());
  if (found === undefined)
    throw new Error(`There is no benchmark ${JSON.stringify(name)}: ${BENCHMARKS.map((each) => each.name).join(", ")}.`);
  return found;
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}. npm run bench -- --help shows what there is.`, {
      cause: error,
    });
  }
}
