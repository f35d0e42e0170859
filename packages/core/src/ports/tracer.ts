import type { Reference } from "@opendvp/model";

/**
 * What a stretch of a job's time went into. `asking`: checking a request and making a job of it. `catalog`: a read or a
 * transaction, which waits once for the disk if it writes. `process`: a program that ran.
 */
export const SPAN_KINDS = ["asking", "job", "step", "undo", "catalog", "plugin", "storage", "mount", "host", "process"] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/** A stretch of work by its kind and name. Names come from us, never from arguments: no secret can be in one. */
export interface Span {
  readonly kind: SpanKind;
  readonly name: string;
}

export interface TracedSpan extends Span {
  /** Its place in the trace. */
  readonly id: number;
  /** The span that it is a part of. */
  readonly parent: number | null;
  /** From the beginning of the trace. */
  readonly startMs: number;
  /** Null while it goes on. */
  readonly durationMs: number | null;
}

/** Where a job's time went. */
export interface JobTrace {
  readonly job: Reference<"JOB">;
  /** In the order in which they began. */
  readonly spans: readonly TracedSpan[];
  /** How many more there were than a trace keeps. */
  readonly droppedSpans: number;
}

/**
 * Watches jobs at work. It changes nothing about the work: results and errors pass through it as they are.
 * What runs within `job` or `span` counts as a part of it, also what is awaited or called back later.
 */
export interface Tracer {
  /** Runs what makes a job: it becomes the beginning of that job's trace. */
  asking<T>(work: () => Promise<T>, jobOf: (made: T) => Reference<"JOB">): Promise<T>;
  /** Runs a job; one that is taken up again goes on in its trace. */
  job<T>(job: Reference<"JOB">, work: () => Promise<T>): Promise<T>;
  /** Runs a part of a job. Outside of jobs it only runs it. */
  span<T>(span: Span, work: () => Promise<T>): Promise<T>;
  /** The trace of a job that this process ran, as long as it is kept. */
  find(job: Reference<"JOB">): JobTrace | undefined;
}

/** Sees nothing. */
export const noTracer: Tracer = {
  asking: (work) => work(),
  job: (_job, work) => work(),
  span: (_span, work) => work(),
  find: () => undefined,
};
