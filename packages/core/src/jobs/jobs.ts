import { EngineError, type Reference } from "@opendvp/model";
import { recordAction } from "../actions/record-action.ts";
import type { Job, JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Ask, Requester, Started } from "../use-cases/asking.ts";
import { ENGINE_NAME } from "../users/reserved-names.ts";
import { AskedOperations, type MakeRequest } from "./asked-operations.ts";
import { Background } from "./background.ts";
import { cancelJob } from "./cancel-job.ts";
import { createJob, type CreatedJob, type JobOrder } from "./create-job.ts";
import type { JobParts } from "./job-parts.ts";
import { ownedByOthers } from "./owned-by-others.ts";
import type { FollowUpRequest, JobRequest } from "./job-request.ts";
import { JobRun } from "./job-run.ts";
import { outlasting } from "./outlasting.ts";
import { reopenJob } from "./reopen-job.ts";
import { WaitingJobs, type Reserved } from "./waiting-jobs.ts";
import type { Facts, FollowUp } from "./workflow.ts";

/** Creates jobs, runs them, queues them, cancels them. */
export class Jobs {
  readonly background = new Background();
  readonly #parts: JobParts;
  readonly #operations: AskedOperations;
  readonly #waiting: WaitingJobs;
  readonly #running = new Map<Reference<"JOB">, { readonly run: JobRun; readonly ended: Promise<void> }>();
  /** Unfinished jobs that this process has not tried yet, since an object that they need is held. */
  readonly #toFinish = new Set<Reference<"JOB">>();
  readonly #stopping = new AbortController();
  #owner = "";
  #isClosed = false;

  constructor({ secrets, ...parts }: Omit<JobParts, "follow"> & { readonly secrets: Secrets }) {
    this.#parts = { ...parts, follow: (transaction, ended, next) => this.#follow(transaction, ended, next) };
    this.#operations = new AskedOperations(secrets);
    this.#waiting = new WaitingJobs(this.#parts, this.#operations);
  }

  /** Says how a workflow that follows another one is asked for. */
  onFollowUp(workflow: string, request: FollowUpRequest): void {
    this.#waiting.onFollowUp(workflow, request);
  }

  /**
   * Says how a job is made of what users ask, and returns how to ask: `submit` with a memory. A job that has to wait keeps
   * what was asked, sealed, and is made of it again when its turn comes, after a restart as well.
   */
  takes<I extends object, F extends Facts>(operation: string, make: MakeRequest<I, F>): (input: I, ask: Ask) => Promise<Started> {
    this.#operations.add(operation, make);
    return async (input, ask) => {
      const asked = { operation, input, by: ask.by };
      return this.#submit(async () => ({
        request: await this.#operations.request(asked),
        ask,
        asked: () => this.#operations.seal(asked),
      }));
    };
  }

  /**
   * Creates a job of the engine's own with its locks and its first step's intent in one transaction, and starts it.
   * One that waits is forgotten when the engine stops: the next start asks again.
   * @throws EngineError `CONFLICT` naming the job that holds an object, unless `ask.isQueued`
   */
  async submit<F extends Facts>(request: JobRequest<F>, ask: Ask): Promise<Started> {
    // A workflow gets back from the journal what its own draft and steps put there: its facts are its own affair.
    return this.#submit(() => Promise.resolve({ request: request as unknown as JobRequest<Facts>, ask }));
  }

  async #submit(ask: () => Promise<Omit<JobOrder, "owner">>): Promise<Started> {
    if (this.#isClosed) throw new EngineError("STATE_UNSUITABLE", "The engine is stopping.", { action: "Ask again once it has started." });
    const create = async (): Promise<CreatedJob> => this.#create({ ...(await ask()), owner: this.#owner });
    const created = await this.#parts.tracer.asking(create, ({ job }) => job.reference);
    if (created.job.state === "RUNNING") this.#start(created.job, created.lines);
    this.#parts.watchers.tell({ job: created.job });
    return created.started;
  }

  #create(order: JobOrder): Promise<CreatedJob> {
    return this.#parts.catalog.transact(async (transaction) => {
      const made = await createJob(this.#parts, transaction, order);
      if (made.job.state === "WAITING" && order.asked === undefined) {
        this.#waiting.remember(made.job.reference, { request: order.request, isAheadOfQueue: order.ask.isAheadOfQueue === true });
      }
      return made;
    });
  }

  #start(job: Job, lines: readonly JobStep[], isPickedUp = false): void {
    const run = new JobRun(this.#parts, this.#parts.registry.planFor(job), { job, lines });
    const ended = this.#parts.tracer
      .job(job.reference, () => this.#drive(run, isPickedUp))
      .finally(() => {
        this.#running.delete(job.reference);
        this.#parts.progress.forget(job.reference);
        this.#parts.letGo(run.job);
        this.#startWaitingOnce(run.job);
      });
    this.#running.set(job.reference, { run, ended });
  }

  async #drive(run: JobRun, isPickedUp: boolean): Promise<void> {
    const { catalog, clock, reportDefect } = this.#parts;
    try {
      const locks = await outlasting(clock, () => catalog.journal.locks(), { signal: this.#stopping.signal });
      const held = locks.filter((lock) => lock.job === run.job.reference && lock.mode === "EXCLUSIVE");
      const letGo = await this.background.hold(held.map((lock) => lock.object));
      await run.toTheEnd({ isPickedUp }).finally(letGo);
    } catch (error) {
      if (!run.isStopped && !this.#stopping.signal.aborted) reportDefect(error, run.job);
    }
  }

  // As soon as the catalog can be reached: what waits knows of no other moment to come back to.
  #startWaitingOnce(ended: Job): void {
    const look = async (): Promise<void> => (this.#isClosed ? undefined : this.#startWaiting());
    outlasting(this.#parts.clock, look, { signal: this.#stopping.signal }).catch((error: unknown) => {
      if (!this.#isClosed) this.#parts.reportDefect(error, ended);
    });
  }

  // What a former process left unfinished comes first: it was asked for before all that waits.
  async #startWaiting(): Promise<void> {
    for (const job of this.#toFinish) {
      const isHeldUp = !(await this.finish(job)) && (await this.#parts.catalog.journal.findJob(job))?.isUnfinished === true;
      if (!isHeldUp) this.#toFinish.delete(job);
    }
    await this.#waiting.takeTurns(this.#owner, ({ job, lines }) => {
      this.#start(job, lines);
      this.#parts.watchers.tell({ job });
    });
  }

  async #follow(transaction: CatalogTransaction, ended: Job, next: FollowUp): Promise<void> {
    const request = await this.#waiting.followUp(next.workflow, next.input);
    if (request === undefined) throw new Error(`Nobody says how ${next.workflow} follows ${ended.workflow}.`);
    const action = await transaction.objects.actions.find(ended.action);
    const { user: name = ENGINE_NAME, asker: reference = null } = action ?? {};
    const ask: Ask = { by: { name, role: "operator", ...(reference === null ? {} : { reference }) }, isQueued: true };
    await createJob(this.#parts, transaction, { request, ask, owner: this.#owner, isFollowUp: true });
  }

  /** @throws EngineError `CANCEL_TOO_LATE`, `NOT_FOUND` */
  async cancel(reference: Reference<"JOB">, by: Pick<Requester, "name" | "reference">): Promise<Reference<"ACTION">> {
    const { canceled, action } = await this.#parts.catalog.transact(async (transaction) => {
      const canceled = await cancelJob(this.#parts, transaction, reference);
      const title = `Cancel ${(await transaction.journal.findJob(reference))?.title ?? reference}`;
      const action = await recordAction(transaction, this.#parts.now(), {
        title,
        operation: "job.cancel",
        target: reference,
        user: by.name,
        asker: by.reference ?? null,
      });
      return { canceled, action };
    });
    if (canceled !== undefined) this.#parts.watchers.tell({ job: canceled });
    this.#waiting.forget(reference);
    this.#running.get(reference)?.run.requestCancel();
    return action;
  }

  /**
   * Takes up every job that an engine process left which is gone, under this process's name, and tries again what ended unfinished.
   * Resolves with them when they run again. The turn of a job that waits for one of the reserved objects does not come before
   * that is let go; where everything is reserved, those that users have asked for wait for the next start.
   * @throws EngineError `ENGINE_TOO_OLD` where one of them was begun with other steps; then none is touched
   */
  async takeOver(owner: string, reserved: Reserved = []): Promise<readonly Job[]> {
    this.#owner = owner;
    this.#waiting.reserve(reserved);
    const { journal } = this.#parts.catalog;
    const isAnothers = await ownedByOthers(journal, owner);
    const open = (await journal.openJobs(["RUNNING", "WAITING"])).filter((job) => !isAnothers(job));
    for (const job of open) this.#parts.registry.planFor(job);
    for (const job of open.filter(({ state }) => state === "RUNNING")) {
      await this.#parts.catalog.transact((transaction) => transaction.updateJob(job.reference, { owner }));
      this.#start({ ...job, owner }, await this.#parts.catalog.journal.steps(job.reference), true);
    }
    for (const job of open.filter(({ isUnfinished }) => isUnfinished)) this.#toFinish.add(job.reference);
    await this.#startWaiting();
    return open.filter(({ state }) => state !== "WAITING");
  }

  /** Looks whether the turn of a waiting job has come, which another engine process may have brought about. */
  async lookAgain(): Promise<void> {
    if (!this.#isClosed) await this.#startWaiting();
  }

  /** Lets the turns of those come that wait for an object that was reserved at the start. */
  async letGo(object: string): Promise<void> {
    this.#waiting.letGo(object);
    await this.#startWaiting();
  }

  /** Goes on with a job that ended unfinished, if the locks that it had are free. */
  async finish(reference: Reference<"JOB">): Promise<boolean> {
    const reopened = await this.#parts.catalog.transact((transaction) => reopenJob(transaction, reference, this.#owner));
    if (reopened === undefined) return false;
    this.#start(reopened.job, reopened.lines, true);
    this.#parts.watchers.tell({ job: reopened.job });
    return true;
  }

  /** Waits for running jobs up to a time; what is left then stays in the journal for the next start. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running.values()];
    const all = Promise.all(running.map(({ ended }) => ended));
    await Promise.race([all, this.#parts.clock.sleep(graceMs)]);
    this.#stopping.abort(new Error("The engine stops."));
    for (const { run } of this.#running.values()) run.stop();
    await Promise.race([all, this.#parts.clock.sleep(graceMs)]);
  }
}
