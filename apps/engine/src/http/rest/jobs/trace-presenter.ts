import type { JobTrace as JobTraceAnswer } from "@opendvp/contract";
import { SPAN_KINDS, type JobTrace, type SpanKind, type TracedSpan } from "@opendvp/core";

interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

export function presentTrace({ job, spans, droppedSpans }: JobTrace): JobTraceAnswer {
  const durationMs = Math.max(0, ...spans.map(({ startMs, durationMs: ms }) => startMs + (ms ?? 0)));
  return {
    job_id: job,
    duration_ms: rounded(durationMs),
    totals: totalsOf(spans, durationMs),
    spans: spans.map((span) => ({
      id: span.id,
      parent_id: span.parent,
      kind: span.kind,
      name: span.name,
      start_ms: rounded(span.startMs),
      duration_ms: span.durationMs === null ? null : rounded(span.durationMs),
    })),
    dropped_spans: droppedSpans,
  };
}

type Totals = Map<SpanKind, { readonly count: number; readonly ownMs: number }>;

/** A span's own time is what no part of it accounts for. The sum is the whole: what runs side by side counts once, for what began first. */
function totalsOf(spans: readonly TracedSpan[], durationMs: number): JobTraceAnswer["totals"] {
  const parts = new Map<number | null, TracedSpan[]>();
  for (const span of spans) {
    const siblings = parts.get(span.parent);
    if (siblings === undefined) parts.set(span.parent, [span]);
    else siblings.push(span);
  }
  const totals: Totals = new Map();
  // What is between making the job and running it is nobody's.
  share({ parts, totals, durationMs }, null, { startMs: 0, endMs: durationMs });
  return SPAN_KINDS.flatMap((kind) => {
    const total = totals.get(kind);
    return total === undefined ? [] : [{ kind, count: total.count, own_ms: rounded(total.ownMs) }];
  }).sort((a, b) => b.own_ms - a.own_ms);
}

interface Sharing {
  readonly parts: ReadonlyMap<number | null, readonly TracedSpan[]>;
  readonly totals: Totals;
  readonly durationMs: number;
}

/** Hands a stretch out to the parts of a span, and gives what is left. Parts are in the order in which they began. */
function share(sharing: Sharing, parent: number | null, whole: Stretch): number {
  let reachedMs = whole.startMs;
  let ownMs = 0;
  for (const { id, kind, startMs, durationMs } of sharing.parts.get(parent) ?? []) {
    const endMs = Math.min(whole.endMs, durationMs === null ? sharing.durationMs : startMs + durationMs);
    const part = { startMs: Math.max(startMs, reachedMs), endMs: Math.max(endMs, reachedMs) };
    ownMs += part.startMs - reachedMs;
    reachedMs = Math.max(part.startMs, part.endMs);
    const left = share(sharing, id, { startMs: part.startMs, endMs: reachedMs });
    const { count = 0, ownMs: before = 0 } = sharing.totals.get(kind) ?? {};
    sharing.totals.set(kind, { count: count + 1, ownMs: before + left });
  }
  return ownMs + whole.endMs - reachedMs;
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
