import { readFile, readdir } from "node:fs/promises";
import { basename } from "node:path";
import { expect, it } from "vitest";
import { isRoot } from "../../e2e/engine-under-test/index.ts";
import { BARS } from "../src/bars.ts";
import { BENCHMARKS } from "../src/benchmarks.ts";
import { runBenchmarks } from "../src/harness/run-benchmarks.ts";
import { figureRows } from "../src/report/figure-rows.ts";

/** The plugins and programs that a figure needs and that may not be there. */
const MAY_BE_MISSING = /^(the plugin postgresql is not there|this machine has no PostgreSQL|this machine has no Python 3)$/;

it.skipIf(!isRoot)(
  "every benchmark comes to its figures in a quick run, and leaves nothing behind (needs root)",
  async () => {
    const before = await traces();
    const report = await runBenchmarks({ benchmarks: BENCHMARKS, isQuick: true, storage: "embedded:2G", note: () => undefined });
    const figures = report.benchmarks.flatMap((each) => each.figures);
    expect(figures.map(({ bar }) => bar).sort()).toEqual(Object.keys(BARS).sort());
    for (const figure of figures) {
      if ("missing" in figure) expect(figure.missing).toMatch(MAY_BE_MISSING);
      else expect([figure.bar, Number.isFinite(figure.value)]).toEqual([figure.bar, true]);
    }
    expect(figureRows(report)).toHaveLength(figures.length);
    expect(report.benchmarks.flatMap(({ curves }) => curves.map(({ id }) => id))).toEqual(["provision-by-size", "provision-by-copies"]);
    expect(await traces()).toEqual(before);
  },
  180_000,
);

/** What this process has mounted and made. */
async function traces(): Promise<readonly string[]> {
  const own = `opendvp-test-${process.pid}-`;
  const mounts = (await readFile("/proc/self/mountinfo", "utf8")).split("\n").filter((line) => line.includes(own));
  return [...mounts, ...(await readdir("/var/tmp")).filter((entry) => basename(entry).startsWith(own))];
}
