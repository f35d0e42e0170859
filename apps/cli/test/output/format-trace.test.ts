import { expect, it } from "vitest";
import { formatTrace } from "../../src/output/format-trace.ts";

it("shows a trace as a waterfall, parts below what they are parts of, and where the time went", () => {
  const text = formatTrace({
    job_id: "JOB-7",
    duration_ms: 24,
    dropped_spans: 2,
    totals: [
      { kind: "storage", count: 2, own_ms: 18 },
      { kind: "job", count: 1, own_ms: 6 },
    ],
    spans: [
      { id: 0, parent_id: null, kind: "job", name: "JOB-7", start_ms: 0, duration_ms: 24 },
      { id: 1, parent_id: 0, kind: "step", name: "clone snapshot", start_ms: 2, duration_ms: 12 },
      { id: 2, parent_id: 1, kind: "storage", name: "clone", start_ms: 3, duration_ms: null },
    ],
  });
  expect(text.split("\n")).toEqual([
    `     0.0 ms     24.0 ms  ${"job JOB-7".padEnd(46)}  ${"█".repeat(24)}`,
    `     2.0 ms     12.0 ms  ${"  step clone snapshot".padEnd(46)}  ··${"█".repeat(12)}`,
    `     3.0 ms     goes on  ${"    storage clone".padEnd(46)}  ···${"█".repeat(21)}`,
    "and 2 more, which were not kept",
    "",
    "    24.0 ms  in all, of which",
    "    18.0 ms  storage (2)",
    "     6.0 ms  job",
  ]);
});
