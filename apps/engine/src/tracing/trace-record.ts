import type { JobTrace, Span, TracedSpan } from "@opendvp/core";
import type { Reference } from "@opendvp/model";

type MutableSpan = { -readonly [M in keyof TracedSpan]: TracedSpan[M] };

/** A job that is tried again and again must not fill the memory. */
const MOST_SPANS = 2000;

/** A trace while it grows. */
export class TraceRecord {
  readonly #spans: MutableSpan[] = [];
  readonly #nowMs: () => number;
  readonly #startMs: number;
  #droppedSpans = 0;
  /** How many stretches of the job are under way; what begins when there is none belongs to something else. */
  #open = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#startMs = nowMs();
  }

  /** Begins the whole of a job, or of what makes it. */
  beginWhole(span: Span): number | undefined {
    this.#open += 1;
    return this.begin(span, null);
  }

  endWhole(id: number | undefined): void {
    this.end(id);
    this.#open -= 1;
  }

  /** Gives the span's id; undefined where it is not kept. */
  begin({ kind, name }: Span, parent: number | null): number | undefined {
    if (this.#open === 0) return undefined;
    if (this.#spans.length >= MOST_SPANS) {
      this.#droppedSpans += 1;
      return undefined;
    }
    const id = this.#spans.length;
    this.#spans.push({ id, parent, kind, name, startMs: this.#nowMs() - this.#startMs, durationMs: null });
    return id;
  }

  rename(id: number | undefined, name: string): void {
    const span = id === undefined ? undefined : this.#spans[id];
    if (span !== undefined) span.name = name;
  }

  end(id: number | undefined): void {
    const span = id === undefined ? undefined : this.#spans[id];
    if (span !== undefined) span.durationMs = this.#nowMs() - this.#startMs - span.startMs;
  }

  of(job: Reference<"JOB">): JobTrace {
    return { job, spans: this.#spans.map((span) => ({ ...span })), droppedSpans: this.#droppedSpans };
  }
}
