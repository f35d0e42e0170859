import Type, { type Static } from "typebox";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id } from "../schema/texts.ts";

/** What a stretch of a job's time can go into. */
const TRACE_KINDS = ["asking", "job", "step", "undo", "catalog", "plugin", "storage", "mount", "host", "process"] as const;

const Kind = oneOf(
  TRACE_KINDS,
  "asking: checking a request and making a job of it; catalog: a read, or a transaction, which waits once for the disk if it writes; process: a program that ran.",
);

export const TraceSpan = Type.Object({
  id: Type.Integer({ minimum: 0 }),
  parent_id: nullable(Type.Integer({ minimum: 0 })),
  kind: Kind,
  name: Type.String({ description: "A step, an operation, a call or a program; never an argument of one." }),
  start_ms: Type.Number({ description: "From the beginning of the trace." }),
  duration_ms: nullable(Type.Number({ description: "Null while it goes on." })),
});
export type TraceSpan = Static<typeof TraceSpan>;

export const TraceTotal = Type.Object({
  kind: Kind,
  count: Type.Integer(),
  own_ms: Type.Number({ description: "Time in spans of this kind in which nothing that they consist of was under way." }),
});

export const JobTrace = Type.Object({
  job_id: Id,
  duration_ms: Type.Number({ description: "From the beginning of the first span to the end of the last one so far." }),
  totals: Type.Array(TraceTotal, { description: "Where the time went, the greatest part first." }),
  spans: Type.Array(TraceSpan, { description: "In the order in which they began." }),
  dropped_spans: Type.Integer({ description: "How many more there were than a trace keeps." }),
});
export type JobTrace = Static<typeof JobTrace>;
