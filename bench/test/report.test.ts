import { describe, expect, it } from "vitest";
import { benchmarksPage } from "../src/report/benchmarks-page.ts";
import { figuresTable } from "../src/report/figures-table.ts";
import { lineChart } from "../src/report/line-chart.ts";
import type { BenchmarkReport } from "../src/report/report.ts";
import { merged } from "../src/report/write-report.ts";

const measured = (what: string, samples: readonly number[]) => ({ what, unit: "ms", samples }) as const;
const report: BenchmarkReport = {
  name: "provision",
  title: "a copy",
  isQuick: false,
  storage: "embedded:64G",
  takenAt: "2026-11-21T10:00:00.000Z",
  machine: { processors: 2, model: "A processor", memoryBytes: 16e9, kernel: "6.1", node: "v20" },
  durationMs: 1000,
  loadBefore: 0.5,
  loadAfter: 1.5,
  figures: [
    { bar: "provision-directory", value: 2.5, ours: measured("job", [50, 40, 60]), byHand: measured("by hand", [20]) },
    { bar: "provision-flat", value: 1.2 },
    { bar: "operation-python", missing: "not yet" },
  ],
  curves: [
    {
      id: "by-size",
      title: "Copies & <sizes>",
      x: { label: "size", unit: "bytes", isLogarithmic: true },
      y: { label: "time", unit: "ms" },
      lines: [
        {
          name: "ours",
          points: [
            [1e8, 40],
            [1e9, 40],
            [1e10, 40],
          ],
        },
        {
          name: "by hand",
          points: [
            [1e8, 10],
            [1e10, 20],
          ],
        },
      ],
    },
  ],
  notes: ["Mind this."],
};

describe("the report", () => {
  it("says of each bar what was measured, and whether it is held", () => {
    const lines = figuresTable({ benchmarks: [report] });
    expect(lines[2]).toMatch(/provision a directory VDB.* 2\.50 × +yes +50\.0 ms \(42\.0 ms … 58\.0 ms, 3\) +20\.0 ms$/);
    expect(lines[3]).toMatch(/1\.20 × +NO$/);
    expect(lines[4]).toMatch(/— +not measured +not yet$/);
  });

  it("draws what is flat as flat, sizes by their magnitude, and words as they are", () => {
    const svg = lineChart(report.curves[0] ?? expect.fail());
    const [ours = "", byHand = ""] = [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points]) => points);
    const at = ours.split(" ").map(Number);
    expect(new Set([at[1], at[3], at[5]]).size).toBe(1);
    expect((at[2] ?? 0) - (at[0] ?? 0)).toBeCloseTo((at[4] ?? 0) - (at[2] ?? 0), 1);
    const [, low = 0, , high = 0] = byHand.split(" ").map(Number);
    expect(low).toBeGreaterThan(high);
    expect(svg).toContain("Copies &amp; &lt;sizes&gt;");
    expect(svg).toContain(">100 MB<");
  });

  it("is a page with the table, each benchmark's circumstances, and its charts", () => {
    const page = benchmarksPage({ benchmarks: [report, { ...report, name: "busy", loadBefore: 9 }] });
    expect(page).toContain("| provision a directory VDB through the API | ≤ 3 ×");
    expect(page).toContain("![Copies & <sizes>](benchmarks/by-size.svg)");
    expect(page).toContain("`npm run bench -- --only provision` on 2026-11-21: 2 × A processor");
    expect(page).toContain("Load of the machine: 0.5 before, 1.5 after.");
    expect(page).toContain("Load of the machine: 9 before, 1.5 after: others were at work on it");
  });

  it("keeps what is published of benchmarks that did not run", () => {
    const [old, other, fresh] = [report, { ...report, name: "other" }, { ...report, notes: [] }];
    expect(merged({ benchmarks: [old, other] }, { benchmarks: [fresh, { ...report, name: "new" }] }).benchmarks).toEqual([
      fresh,
      other,
      { ...report, name: "new" },
    ]);
  });
});
