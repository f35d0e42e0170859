import type { JobTrace, TraceSpan } from "@opendvp/contract";
import { printable } from "./printable.ts";

const BAR_WIDTH = 24;
const LONGEST_NAME = 46;

/** Where a job's time went, as a waterfall: what is a part of something stands below it, further to the right. */
export function formatTrace({ spans, totals, duration_ms: wholeMs, dropped_spans: dropped }: JobTrace): string {
  const depths = depthsOf(spans);
  return [
    ...spans.map((span) => line(span, depths.get(span.id) ?? 0, wholeMs)),
    ...(dropped === 0 ? [] : [`and ${dropped} more, which were not kept`]),
    "",
    `${ms(wholeMs)}  in all, of which`,
    ...totals.map(({ kind, count, own_ms: ownMs }) => `${ms(ownMs)}  ${kind}${count === 1 ? "" : ` (${count})`}`),
  ].join("\n");
}

// Parts come after what they are parts of.
function depthsOf(spans: readonly TraceSpan[]): Map<number, number> {
  const depths = new Map<number, number>();
  for (const { id, parent_id: parent } of spans) depths.set(id, parent === null ? 0 : (depths.get(parent) ?? 0) + 1);
  return depths;
}

function line({ kind, name, start_ms: startMs, duration_ms: durationMs }: TraceSpan, depth: number, wholeMs: number): string {
  const label = `${"  ".repeat(depth)}${kind} ${printable(name)}`;
  const cut = label.length > LONGEST_NAME ? `${label.slice(0, LONGEST_NAME - 1)}…` : label.padEnd(LONGEST_NAME);
  const took = durationMs === null ? "goes on".padStart(11) : ms(durationMs);
  return `${ms(startMs)} ${took}  ${cut}  ${bar(startMs, durationMs ?? wholeMs - startMs, wholeMs)}`.trimEnd();
}

function bar(startMs: number, durationMs: number, wholeMs: number): string {
  const perCell = Math.max(wholeMs, 0.001) / BAR_WIDTH;
  const from = Math.min(BAR_WIDTH - 1, Math.floor(startMs / perCell));
  const length = Math.max(1, Math.min(BAR_WIDTH - from, Math.round(durationMs / perCell)));
  return `${"·".repeat(from)}${"█".repeat(length)}`;
}

function ms(duration: number): string {
  return `${duration.toFixed(1)} ms`.padStart(11);
}
