import type { TracedSpan } from "@opendvp/core";
import { expect, it } from "vitest";
import { presentTrace } from "../../../src/http/rest/jobs/trace-presenter.ts";

function span(
  id: number,
  kind: TracedSpan["kind"],
  [parent, startMs, durationMs]: readonly [number | null, number, number | null],
): TracedSpan {
  return { id, parent, kind, name: kind, startMs, durationMs };
}

it("sums up what each kind of work took by itself, parts that run side by side once", () => {
  const spans = [
    span(0, "job", [null, 0, 20]),
    span(1, "step", [0, 2, 16]),
    span(2, "storage", [1, 3, 10]),
    span(3, "process", [2, 5, 6]),
    span(4, "catalog", [1, 12, 4]),
    span(5, "catalog", [1, 14, 4]),
  ];
  expect(presentTrace({ job: "JOB-1", spans, droppedSpans: 3 })).toMatchObject({
    duration_ms: 20,
    dropped_spans: 3,
    totals: [
      { kind: "process", count: 1, own_ms: 6 },
      { kind: "catalog", count: 2, own_ms: 5 },
      { kind: "job", count: 1, own_ms: 4 },
      { kind: "storage", count: 1, own_ms: 4 },
      { kind: "step", count: 1, own_ms: 1 },
    ],
  });
});

it("counts what goes on up to the last that is known", () => {
  const spans = [span(0, "job", [null, 0, null]), span(1, "step", [0, 0, 5])];
  expect(presentTrace({ job: "JOB-1", spans, droppedSpans: 0 })).toMatchObject({
    duration_ms: 5,
    totals: [
      { kind: "step", own_ms: 5 },
      { kind: "job", own_ms: 0 },
    ],
  });
});
