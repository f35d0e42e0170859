import type {
  Action,
  Ask,
  EngineProcess,
  Job,
  JobEvent,
  JobJournal,
  JobState,
  JobStep,
  JobTrace,
  JobUseCases,
  Lock,
  Page,
  Started,
  Where,
} from "@opendvp/core";
import { EngineError, type Reference } from "@opendvp/model";
import { MemoryCollection } from "./memory-collection.ts";
import { changeWithMember } from "./memory-groups.ts";
import type { MemoryObjects } from "./memory-objects.ts";

type Listener = Parameters<JobUseCases["watch"]>[0];

/** What a job is to do, and how it looks. */
export interface MemoryWork {
  readonly workflow: string;
  readonly title: string;
  readonly target: Reference;
  readonly targetName: string;
  readonly effect?: () => void;
}

/** Jobs that take effect at their end, or fail, or wait to be released, as a test says. */
export class MemoryJobs implements JobUseCases, JobJournal {
  readonly #jobs = new MemoryCollection<Job>();
  readonly #events = new Map<string, JobEvent[]>();
  readonly #listeners = new Set<Listener>();
  readonly #objects: MemoryObjects;
  /** The next job fails with this. */
  failure: EngineError | undefined;
  /** Jobs wait for this before they end. */
  gate: Promise<unknown> = Promise.resolve();

  constructor(objects: MemoryObjects) {
    this.#objects = objects;
  }

  start(ask: Ask, work: MemoryWork): Started {
    const holder = this.#jobs.all.find((job) => job.target === work.target && job.endedAt === null);
    if (holder !== undefined && ask.isQueued !== true) {
      throw new EngineError("CONFLICT", `${work.targetName} is held by ${holder.reference}.`, { details: { job: holder.reference } });
    }
    const at = new Date().toISOString();
    const action: Action = {
      reference: this.#objects.next("ACTION"),
      title: work.title,
      operation: work.workflow,
      target: work.target,
      user: ask.by.name,
      asker: ask.by.reference ?? null,
      parent: ask.parent ?? null,
      state: "RUNNING",
      errorCode: null,
      times: 1,
      startedAt: at,
      endedAt: null,
    };
    this.#objects.actions.put(action);
    const job: Job = {
      reference: this.#objects.next("JOB"),
      action: action.reference,
      workflow: work.workflow,
      workflowVersion: 1,
      title: work.title,
      target: work.target,
      targetName: work.targetName,
      state: holder === undefined ? "RUNNING" : "WAITING",
      direction: "FORWARD",
      input: {},
      request: null,
      isCancelRequested: false,
      isUnfinished: false,
      locksToFinish: [],
      percentComplete: 0,
      step: null,
      error: null,
      warningCount: 0,
      owner: "memory",
      queuedAt: at,
      startedAt: at,
      endedAt: null,
    };
    this.#jobs.put(job);
    if (holder !== undefined) this.tell(job.reference, `Waits for ${holder.reference} (${holder.title}).`);
    void this.#run(job.reference, work);
    return { job: job.reference, action: action.reference, target: work.target };
  }

  async #run(reference: Reference<"JOB">, work: MemoryWork): Promise<void> {
    const failure = this.failure;
    this.failure = undefined;
    const gate = this.gate;
    await new Promise((resolve) => setImmediate(resolve));
    this.tell(reference, `${work.title} begins`);
    this.#set(reference, { state: "RUNNING", percentComplete: 50, step: "work" });
    await gate;
    const isCanceled = (await this.#jobs.find(reference))?.isCancelRequested === true;
    const state: JobState = isCanceled ? "CANCELED" : failure === undefined ? "COMPLETED" : "FAILED";
    if (state === "COMPLETED") work.effect?.();
    this.tell(reference, `${work.title} ends`);
    const error = failure === undefined || isCanceled ? null : failure.toShape();
    const endedAt = new Date().toISOString();
    const action = (await this.#jobs.find(reference))?.action;
    if (action !== undefined) {
      this.#objects.actions.set(action, { state, errorCode: failure?.code ?? null, endedAt });
      changeWithMember(this.#objects, action);
    }
    this.#set(reference, { state, error, percentComplete: 100, step: null, endedAt });
  }

  tell(reference: Reference<"JOB">, message: string): void {
    const events = this.#events.get(reference) ?? [];
    this.#events.set(reference, events);
    const event: JobEvent = {
      job: reference,
      serial: events.length + 1,
      level: "INFO",
      code: "STEP",
      message,
      action: "",
      at: new Date().toISOString(),
    };
    events.push(event);
    this.#announce(reference, event);
  }

  #set(reference: Reference<"JOB">, change: Partial<Job>): void {
    this.#jobs.set(reference, change);
    this.#announce(reference);
  }

  #announce(reference: Reference<"JOB">, event?: JobEvent): void {
    const job = this.#jobs.all.find((candidate) => candidate.reference === reference);
    if (job === undefined) return;
    for (const listener of this.#listeners) listener(event === undefined ? { job } : { job, event });
  }

  cancel(reference: Reference<"JOB">, ask: Ask): Promise<Reference<"ACTION">> {
    const job = this.#jobs.all.find((candidate) => candidate.reference === reference);
    if (job?.endedAt !== null) throw new EngineError("CANCEL_TOO_LATE", `${reference} has ended.`);
    this.#set(reference, { isCancelRequested: true });
    return Promise.resolve(this.#objects.record({ title: `Cancel ${job.title}`, operation: "job.cancel", target: reference }, ask));
  }

  async ended(reference: Reference<"JOB">): Promise<Job> {
    for (;;) {
      const job = await this.#jobs.find(reference);
      if (job !== undefined && job.endedAt !== null) return job;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** One that says where nothing went. */
  trace(reference: Reference<"JOB">): JobTrace | undefined {
    const spans = [
      { id: 0, parent: null, kind: "job", name: reference, startMs: 0, durationMs: 40 },
      { id: 1, parent: 0, kind: "step", name: "stop", startMs: 5, durationMs: null },
    ] as const;
    return this.#jobs.all.some((job) => job.reference === reference) ? { job: reference, spans, droppedSpans: 0 } : undefined;
  }

  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How many watch now. */
  get watcherCount(): number {
    return this.#listeners.size;
  }

  findJob(reference: Reference<"JOB">): Promise<Job | undefined> {
    return this.#jobs.find(reference);
  }
  listJobs(page?: Page<Job>): Promise<readonly Job[]> {
    return this.#jobs.list(page);
  }
  countJobs(where?: Where<Job>): Promise<number> {
    return this.#jobs.count(where);
  }
  openJobs(states: readonly JobState[]): Promise<readonly Job[]> {
    return this.#jobs.list({ where: { state: states } });
  }
  steps(): Promise<readonly JobStep[]> {
    return Promise.resolve([]);
  }
  events(job: Reference<"JOB">, after = 0): Promise<readonly JobEvent[]> {
    return Promise.resolve((this.#events.get(job) ?? []).filter(({ serial }) => serial > after));
  }
  locks(): Promise<readonly Lock[]> {
    return Promise.resolve([]);
  }
  engineProcesses(): Promise<readonly EngineProcess[]> {
    return Promise.resolve([]);
  }
}
