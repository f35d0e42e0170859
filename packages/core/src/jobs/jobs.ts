import { EngineError, type JsonObject, type Reference } from "@opendvp/model";
import type { Action, Job, JobStep, Lock } from "../entities/job.ts";
import type { CatalogTransaction, Change } from "../ports/catalog.ts";
import type { Ask, Started } from "../use-cases/engine.ts";
import { advance, BEGINNING } from "./advance.ts";
import { Background } from "./background.ts";
import type { JobParts } from "./job-parts.ts";
import { JobRun } from "./job-run.ts";
import { hasEnded } from "./job-watchers.ts";
import { JournalLines } from "./journal-lines.ts";
import { conflictOf, mergeLocks, type LockRequest } from "./locks.ts";
import { chooseIn } from "./choose-in.ts";
import type { Choose, Facts, FollowUp, Workflow } from "./workflow.ts";
import type { WorkflowRegistry } from "./workflow-registry.ts";

/** What a job is created with. */
export interface JobDraft<F extends Facts> {
  readonly target: Reference;
  /** Where the asker knows less than the draft finds out. */
  readonly targetName?: string;
  readonly input: Partial<F>;
  readonly locks: readonly LockRequest[];
  /** Committed with the job. */
  readonly changes?: readonly Change[];
}

export interface JobRequest<F extends Facts> {
  readonly workflow: Workflow<F>;
  readonly title: string;
  /** What the user asked, e.g. `vdb.refresh`. */
  readonly operation: string;
  readonly targetName: string;
  /** Workflows that it waits for instead of being refused. */
  readonly queuesBehind?: readonly string[];
  /** Called in the transaction that creates the job: checks the state as it is then, and chooses references. */
  readonly draft: (choose: Choose) => Promise<JobDraft<F>>;
}

/** How a follow-up job is made from what the ended one passed on. */
export type FollowUpRequest = (input: JsonObject) => Promise<JobRequest<Facts>>;

interface Created {
  readonly started: Started;
  readonly job: Job;
  readonly lines: readonly JobStep[];
}

/** Creates jobs, runs them, queues them, cancels them. */
export class Jobs {
  readonly background = new Background();
  readonly #parts: JobParts;
  readonly #registry: WorkflowRegistry;
  readonly #followUps = new Map<string, FollowUpRequest>();
  readonly #running = new Map<Reference<"JOB">, { readonly run: JobRun; readonly ended: Promise<void> }>();
  #owner = "";
  #isClosed = false;

  constructor(parts: Omit<JobParts, "follow">, registry: WorkflowRegistry) {
    this.#parts = { ...parts, follow: (transaction, ended, next) => this.#follow(transaction, ended, next) };
    this.#registry = registry;
  }

  /** Says how a workflow that follows another one is asked for. */
  onFollowUp(workflow: string, request: FollowUpRequest): void {
    this.#followUps.set(workflow, request);
  }

  /**
   * Creates a job with its locks and its first step's intent in one transaction, and starts it.
   * @throws EngineError `CONFLICT` naming the job that holds an object, unless `ask.isQueued`
   */
  async submit<F extends Facts>(request: JobRequest<F>, ask: Ask): Promise<Started> {
    if (this.#isClosed) throw new EngineError("STATE_UNSUITABLE", "The engine is stopping.", { action: "Ask again once it has started." });
    const created = await this.#parts.catalog.transact((transaction) => this.#create(transaction, request, ask));
    if (created.job.state === "RUNNING") this.#start(created.job, created.lines);
    this.#parts.watchers.tell({ job: created.job });
    return created.started;
  }

  async #create<F extends Facts>(
    transaction: CatalogTransaction,
    request: JobRequest<F>,
    ask: Ask & { readonly isFollowUp?: boolean },
  ): Promise<Created> {
    const choose = chooseIn(transaction, this.#parts.ids);
    const draft = await request.draft(choose);
    const locks = mergeLocks(draft.locks);
    const holder = conflictOf(locks, await transaction.journal.locks());
    if (holder !== undefined && ask.isQueued !== true) {
      const held = await transaction.journal.findJob(holder.job);
      if (held === undefined || request.queuesBehind?.includes(held.workflow) !== true) throw conflictError(request.title, holder, held);
    }
    const isWaiting = holder !== undefined || ask.isFollowUp === true;
    await transaction.apply(draft.changes ?? []);

    const reference = await transaction.nextReference("JOB");
    const action: Action = {
      reference: await transaction.nextReference("ACTION"),
      title: request.title,
      operation: request.operation,
      target: draft.target,
      user: ask.by.name,
      state: isWaiting ? "WAITING" : "RUNNING",
      startedAt: this.#parts.now(),
      endedAt: null,
    };
    const job = this.#newJob(reference, action, { request: request as unknown as JobRequest<Facts>, draft, isWaiting });
    await transaction.apply([{ collection: "actions", insert: action }]);
    await transaction.insertJob(job);
    for (const lock of locks) await transaction.putLock({ ...lock, job: reference, isHeld: !isWaiting });
    const lines = isWaiting ? [] : await this.#begin(transaction, job);
    return { started: { job: reference, action: action.reference, target: draft.target }, job, lines };
  }

  #newJob(
    reference: Reference<"JOB">,
    action: Action,
    from: { readonly request: JobRequest<Facts>; readonly draft: JobDraft<Facts>; readonly isWaiting: boolean },
  ): Job {
    const { request, draft, isWaiting } = from;
    const now = this.#parts.now();
    return {
      reference,
      action: action.reference,
      workflow: request.workflow.name,
      workflowVersion: request.workflow.version,
      title: request.title,
      target: draft.target,
      targetName: draft.targetName ?? request.targetName,
      state: isWaiting ? "WAITING" : "RUNNING",
      direction: "FORWARD",
      input: draft.input as JsonObject,
      isCancelRequested: false,
      isUnfinished: false,
      percentComplete: 0,
      error: null,
      warningCount: 0,
      owner: isWaiting ? null : this.#owner,
      queuedAt: now,
      startedAt: isWaiting ? null : now,
      endedAt: null,
    };
  }

  /** Journals the first step's intent. */
  async #begin(transaction: CatalogTransaction, job: Job): Promise<readonly JobStep[]> {
    const lines = new JournalLines(job, []);
    const first = await advance(this.#parts, { plan: this.#registry.planFor(job), lines, job: job.reference, transaction }, BEGINNING);
    if (first === undefined) throw new Error(`Nothing is to be done in ${job.workflow}.`);
    return lines.all();
  }

  #start(job: Job, lines: readonly JobStep[], isPickedUp = false): void {
    const run = new JobRun(this.#parts, this.#registry.planFor(job), { job, lines });
    const ended = this.#drive(run, isPickedUp).finally(() => {
      this.#running.delete(job.reference);
      this.#parts.letGo(run.job);
      if (!this.#isClosed) void this.#startWaiting();
    });
    this.#running.set(job.reference, { run, ended });
  }

  async #drive(run: JobRun, isPickedUp: boolean): Promise<void> {
    const held = (await this.#parts.catalog.journal.locks()).filter((lock) => lock.job === run.job.reference && lock.mode === "EXCLUSIVE");
    const letGo = await this.background.hold(held.map((lock) => lock.object));
    try {
      if (isPickedUp) await run.pickUp();
      await run.toTheEnd();
    } catch (error) {
      if (!run.isStopped) this.#parts.reportDefect(error, run.job);
    } finally {
      letGo();
    }
  }

  /** Starts the waiting jobs whose locks have come free, in the order in which they were asked for. */
  async #startWaiting(): Promise<void> {
    const waiting = await this.#parts.catalog.journal.openJobs(["WAITING"]);
    for (const job of waiting) {
      const started = await this.#parts.catalog.transact((transaction) => this.#takeTurn(transaction, job.reference));
      if (started === undefined) continue;
      this.#start(started.job, started.lines);
      this.#parts.watchers.tell({ job: started.job });
    }
  }

  async #takeTurn(
    transaction: CatalogTransaction,
    reference: Reference<"JOB">,
  ): Promise<{ job: Job; lines: readonly JobStep[] } | undefined> {
    const job = await transaction.journal.findJob(reference);
    if (job?.state !== "WAITING") return undefined;
    const locks = await transaction.journal.locks();
    const own = locks.filter((lock) => lock.job === reference);
    const ahead = locks.filter((lock) => lock.isHeld || isEarlier(lock.job, reference)).filter((lock) => lock.job !== reference);
    if (conflictOf(own, ahead) !== undefined) return undefined;
    const set = { state: "RUNNING", owner: this.#owner, startedAt: this.#parts.now() } as const;
    await transaction.updateJob(reference, set);
    await transaction.apply([{ collection: "actions", update: job.action, set: { state: "RUNNING" } }]);
    for (const lock of own) await transaction.putLock({ ...lock, isHeld: true });
    const running = { ...job, ...set };
    return { job: running, lines: await this.#begin(transaction, running) };
  }

  async #follow(transaction: CatalogTransaction, ended: Job, next: FollowUp): Promise<void> {
    const request = await this.#followUps.get(next.workflow)?.(next.input);
    if (request === undefined) throw new Error(`Nobody says how ${next.workflow} follows ${ended.workflow}.`);
    const action = await transaction.objects.actions.find(ended.action);
    // It waits for its turn like any other: it can start only once this transaction is committed.
    await this.#create(transaction, request, {
      by: { name: action?.user ?? "engine", role: "operator" },
      isQueued: true,
      isFollowUp: true,
    });
  }

  /** @throws EngineError `CANCEL_TOO_LATE`, `NOT_FOUND` */
  async cancel(reference: Reference<"JOB">): Promise<void> {
    const canceled = await this.#parts.catalog.transact(async (transaction) => {
      const job = await transaction.journal.findJob(reference);
      if (job === undefined) throw new EngineError("NOT_FOUND", `There is no job ${reference}.`);
      if (hasEnded(job)) throw tooLate(job, "has ended");
      if (job.state === "WAITING") return this.#cancelWaiting(transaction, job);
      if (job.direction === "UNDO") return undefined;
      const current = new JournalLines(job, await transaction.journal.steps(reference)).current();
      if (current !== undefined && this.#registry.planFor(job).steps[current.position]?.isPastReturn === true)
        throw tooLate(job, "is past its point of no return");
      await transaction.updateJob(reference, { isCancelRequested: true });
      return undefined;
    });
    if (canceled !== undefined) this.#parts.watchers.tell({ job: canceled });
    this.#running.get(reference)?.run.requestCancel();
  }

  async #cancelWaiting(transaction: CatalogTransaction, job: Job): Promise<Job> {
    const set = { state: "CANCELED", endedAt: this.#parts.now(), isCancelRequested: true } as const;
    await transaction.updateJob(job.reference, set);
    await transaction.apply([{ collection: "actions", update: job.action, set: { state: "CANCELED", endedAt: set.endedAt } }]);
    await transaction.releaseLocks(job.reference);
    return { ...job, ...set };
  }

  /** Takes up every job that a former engine process left, under this process's name. Resolves when they run again. */
  async takeOver(owner: string): Promise<readonly Job[]> {
    this.#owner = owner;
    const open = await this.#parts.catalog.journal.openJobs(["RUNNING"]);
    for (const job of open) this.#registry.planFor(job);
    for (const job of open) {
      await this.#parts.catalog.transact((transaction) => transaction.updateJob(job.reference, { owner }));
      this.#start({ ...job, owner }, await this.#parts.catalog.journal.steps(job.reference), true);
    }
    await this.#startWaiting();
    return open;
  }

  /** Goes on with a job that ended unfinished, if its locks are free. */
  async finish(reference: Reference<"JOB">): Promise<boolean> {
    const reopened = await this.#parts.catalog.transact(async (transaction) => {
      const job = await transaction.journal.findJob(reference);
      if (job?.isUnfinished !== true || job.target === null) return undefined;
      const lock: LockRequest = { object: job.target, mode: "EXCLUSIVE" };
      if (conflictOf([lock], await transaction.journal.locks()) !== undefined) return undefined;
      const set = { state: "RUNNING", isUnfinished: false, owner: this.#owner, endedAt: null } as const;
      await transaction.putLock({ ...lock, job: reference, isHeld: true });
      await transaction.updateJob(reference, set);
      return { ...job, ...set };
    });
    if (reopened === undefined) return false;
    this.#start(reopened, await this.#parts.catalog.journal.steps(reference));
    return true;
  }

  /** Waits for running jobs up to a time; what is left then stays in the journal for the next start. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running.values()];
    const all = Promise.all(running.map(({ ended }) => ended));
    await Promise.race([all, this.#parts.clock.sleep(graceMs)]);
    for (const { run } of this.#running.values()) run.stop();
    await Promise.race([all, this.#parts.clock.sleep(graceMs)]);
  }
}

function isEarlier(one: Reference<"JOB">, other: Reference<"JOB">): boolean {
  return Number(one.slice(4)) < Number(other.slice(4));
}

function conflictError(title: string, holder: Lock, job: Job | undefined): EngineError {
  const what = holder.object.startsWith("NAME:") ? "the name" : holder.object;
  return new EngineError("CONFLICT", `${title} has to wait: ${what} is held by ${holder.job} (${job?.title ?? "a job"}).`, {
    action: "Wait for that job, or ask again with --wait to queue behind it.",
    details: { job: holder.job, object: holder.object },
  });
}

function tooLate(job: Job, why: string): EngineError {
  return new EngineError("CANCEL_TOO_LATE", `${job.reference} (${job.title}) ${why} and cannot be cancelled.`, {
    action: "Wait for it to end; what it did can then be undone or deleted.",
    details: { job: job.reference },
  });
}
