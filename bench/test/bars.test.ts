import { describe, expect, it } from "vitest";
import { BARS, holds, type Bar } from "../src/bars.ts";
import { BENCHMARKS } from "../src/benchmarks.ts";

/** The rows of the design's table of numbers, by the words that only they have. */
const PROMISES = [
  [/provision a directory VDB/, /≤ 3 ×/],
  [/largest dataset/, /10 GB within 15 % of 100 MB/],
  [/provision PostgreSQL to the first answered query/, /≤ 1\.5 ×/],
  [/rewind PostgreSQL to a prepared snapshot/, /≤ 1\.5 ×/],
  [/^1000 VDBs of one dSource/, /≥ 25 a second/],
  [/last hundred/, /≤ 1\.3 ×/],
  [/memory with 1000 VDBs/, /≤ 250 MB/],
  [/list 1000 VDBs/, /≤ 50 ms/],
  [/restart/, /≤ 2 s/],
  [/first sync/, /≥ 0\.9 × rsync's rate/],
  [/incremental sync/, /≤ 1\.5 × bytes changed \+ 8 MiB/],
  [/warm plugin operation.*TypeScript/, /≤ 2 ms/],
  [/warm plugin operation.*Python/, /≤ 5 ms/],
  [/fresh VDB/, /< 1 MB/],
  [/build without type check/, /≤ 1 s/],
  [/build with type check/, /≤ 2\.5 s/],
] as const;

describe("the bars", () => {
  it("are those of the design, each once", () => {
    const bars: readonly Bar[] = Object.values(BARS);
    for (const [what, promise] of PROMISES) {
      const found = bars.filter((bar) => what.test(bar.what));
      expect([String(what), found.map((bar) => promise.test(bar.promise))]).toEqual([String(what), [true]]);
    }
    expect(bars).toHaveLength(PROMISES.length);
  });

  it("have a benchmark each, and only one", () => {
    expect(BENCHMARKS.flatMap(({ bars }) => bars).sort()).toEqual(Object.keys(BARS).sort());
  });

  it("hold what is on them", () => {
    expect([holds(BARS["provision-directory"], 3), holds(BARS["provision-directory"], 3.01)]).toEqual([true, false]);
    expect([holds(BARS["many-rate"], 25), holds(BARS["many-rate"], 24.9)]).toEqual([true, false]);
  });
});
