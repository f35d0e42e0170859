import { AsyncLocalStorage } from "node:async_hooks";
import type { JobTrace, Span, Tracer } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import { TraceRecord } from "./trace-record.ts";

const DEFAULT_KEPT_TRACES = 200;

/** Where in which trace work is going on. */
interface Scope {
  readonly record: TraceRecord;
  readonly parent: number | null;
}

/** Keeps the traces of the last jobs in memory. What a span costs is an object and two looks at the clock. */
export class JobTracer implements Tracer {
  readonly #scopes = new AsyncLocalStorage<Scope | undefined>();
  readonly #records = new Map<Reference<"JOB">, TraceRecord>();
  readonly #nowMs: () => number;
  readonly #keptTraces: number;

  constructor(options: { readonly nowMs: () => number; readonly keptTraces?: number }) {
    this.#nowMs = options.nowMs;
    this.#keptTraces = options.keptTraces ?? DEFAULT_KEPT_TRACES;
  }

  async asking<T>(work: () => Promise<T>, jobOf: (made: T) => Reference<"JOB">): Promise<T> {
    const record = new TraceRecord(this.#nowMs);
    const made = await this.#whole(record, { kind: "asking", name: "make the job" }, work);
    this.#keep(jobOf(made), record);
    return made;
  }

  async job<T>(job: Reference<"JOB">, work: () => Promise<T>): Promise<T> {
    const record = this.#records.get(job) ?? this.#keep(job, new TraceRecord(this.#nowMs));
    return this.#whole(record, { kind: "job", name: job }, work);
  }

  async span<T>(span: Span, work: () => Promise<T>): Promise<T> {
    const opened = this.open(span);
    if (opened === undefined) return work();
    try {
      return await opened.within(work);
    } finally {
      opened.end();
    }
  }

  /** A span whose end is told by hand; undefined outside of jobs. */
  open(
    span: Span,
  ): { readonly within: <T>(work: () => T) => T; readonly rename: (name: string) => void; readonly end: () => void } | undefined {
    const scope = this.#scopes.getStore();
    const id = scope?.record.begin(span, scope.parent);
    if (scope === undefined || id === undefined) return undefined;
    const { record } = scope;
    return {
      within: (work) => this.#scopes.run({ record, parent: id }, work),
      rename: (name) => record.rename(id, name),
      end: () => record.end(id),
    };
  }

  /** Makes what is called back later, from wherever, a part of what is under way now. */
  bound<A extends readonly unknown[], R>(call: (...args: A) => R): (...args: A) => R {
    const scope = this.#scopes.getStore();
    return (...args) => this.#scopes.run(scope, () => call(...args));
  }

  find(job: Reference<"JOB">): JobTrace | undefined {
    return this.#records.get(job)?.of(job);
  }

  async #whole<T>(record: TraceRecord, span: Span, work: () => Promise<T>): Promise<T> {
    const id = record.beginWhole(span);
    try {
      return await this.#scopes.run({ record, parent: id ?? null }, work);
    } finally {
      record.endWhole(id);
    }
  }

  #keep(job: Reference<"JOB">, record: TraceRecord): TraceRecord {
    this.#records.set(job, record);
    for (const oldest of this.#records.keys()) {
      if (this.#records.size <= this.#keptTraces) break;
      this.#records.delete(oldest);
    }
    return record;
  }
}
