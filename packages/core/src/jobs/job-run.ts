import { EngineError, type JsonObject } from "@opendvp/model";
import type { Job, JobEvent, JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import { advance, type Cursor } from "./advance.ts";
import { chooseIn } from "./choose-in.ts";
import { BackwardRun } from "./backward-run.ts";
import { endJob } from "./end-job.ts";
import { JournalLines } from "./journal-lines.ts";
import type { JobParts } from "./job-parts.ts";
import { stepMark } from "./mark.ts";
import { stepName, type Plan, type PlannedStep } from "./plan.ts";
import { applyOutcome, raiseFault } from "./raise-fault.ts";
import { retrying } from "./retrying.ts";
import type { Remark, StepOutcome, StepWork } from "./workflow.ts";

/** Thrown through a run when the engine stops: the job stays as its journal says, for the next start. */
export class EngineStops extends Error {}

/** Runs one job from wherever its journal stands to its end. */
export class JobRun {
  readonly parts: JobParts;
  readonly plan: Plan;
  job: Job;
  lines: JournalLines;
  readonly #cancel = new AbortController();
  readonly #stop = new AbortController();
  #remarks: Remark[] = [];

  constructor(parts: JobParts, plan: Plan, start: { readonly job: Job; readonly lines: readonly JobStep[] }) {
    this.parts = parts;
    this.plan = plan;
    this.job = start.job;
    this.lines = new JournalLines(start.job, start.lines);
    if (start.job.isCancelRequested) this.requestCancel();
  }

  /** Makes the running step end early, as far as the job may still be cancelled. */
  requestCancel(): void {
    this.#cancel.abort(new EngineError("CANCELED", `${this.job.title} was cancelled.`, { details: { job: this.job.reference } }));
  }

  /** Makes the run end where it is, without writing anything more. */
  stop(): void {
    this.#stop.abort(new EngineStops());
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Resolves when the job has ended, or was left to the next start. Never rejects. */
  async toTheEnd(): Promise<void> {
    try {
      while (this.job.state === "RUNNING") {
        if (this.job.direction === "UNDO") await new BackwardRun(this).undoAll();
        else await this.#forwardStep();
      }
    } catch (error) {
      if (!this.isStopped) this.parts.reportDefect(error, this.job);
    }
  }

  /** What a job cut off by a crash does first: nothing that its journal does not tell. */
  async pickUp(): Promise<void> {
    if (this.job.direction === "UNDO") return;
    // No line is under way where the crash came between undoing an attempt and beginning it again.
    const line = this.lines.current() ?? this.lines.all().at(-1);
    if (line === undefined) return;
    const planned = this.plannedOf(line);
    if (planned.group !== undefined) {
      const start: Cursor = { position: planned.group.from - 1, key: "" };
      await new BackwardRun(this).undoGroup(planned.group);
      await this.commit((transaction) => this.goOn(transaction, start));
    } else if (planned.isPastReturn) {
      await this.endMarked(line);
    } else {
      const interrupted = new EngineError("INTERRUPTED", `The engine stopped while "${line.name}" was under way.`, {
        action: "Ask for the operation again.",
        details: { step: line.name },
      });
      await this.#turnBack(this.job.isCancelRequested ? this.#cancelReason() : interrupted);
    }
  }

  async #forwardStep(): Promise<void> {
    const line = this.lines.current();
    if (line === undefined) throw new Error(`${this.job.reference} runs but has no step under way.`);
    const planned = this.plannedOf(line);
    try {
      if (!planned.isPastReturn) this.#cancel.signal.throwIfAborted();
      await this.#runAndCommit(planned, line);
    } catch (error) {
      if (this.isStopped) throw error;
      await this.#failed(planned, line, EngineError.from(error));
    }
  }

  async #runAndCommit(planned: PlannedStep, line: JobStep): Promise<void> {
    const work = this.workOf(line, planned.isPastReturn ? [] : [this.#cancel.signal]);
    const run = async (): Promise<StepOutcome<object> | undefined> => {
      await this.pass(line, "RUN", "BEFORE");
      const outcome = await planned.step.run(work);
      await this.pass(line, "RUN", "AFTER");
      return outcome;
    };
    const isRetried = planned.isPastReturn && planned.group === undefined && planned.step.onFailure !== "warn";
    const outcome = isRetried ? await retrying(this.parts, this.parts.retryDelaysMs, run, () => this.endMarked(line)) : await run();
    await this.commit(async (transaction) => {
      await applyOutcome(this.parts, transaction, this.job, outcome);
      await transaction.apply((await outcome?.changesWith?.(chooseIn(transaction, this.parts.ids))) ?? []);
      await this.#lineDone(transaction, line, (outcome?.facts ?? {}) as JsonObject);
      await this.goOn(transaction, line);
    });
  }

  async #lineDone(transaction: CatalogTransaction, line: JobStep, result: JsonObject): Promise<void> {
    const done: JobStep = { ...line, state: "DONE", result, endedAt: this.parts.now() };
    await transaction.putStep(done);
    this.lines.put(done);
  }

  /** Journals what comes after the cursor, or ends the job. */
  async goOn(transaction: CatalogTransaction, from: Cursor): Promise<void> {
    const next = await advance(this.parts, { plan: this.plan, lines: this.lines, job: this.job.reference, transaction }, from);
    if (next === undefined) {
      this.job = await endJob(this.parts, transaction, { job: this.job, plan: this.plan, facts: this.lines.facts(), state: "COMPLETED" });
      return;
    }
    const isCrossing = this.plannedOf(next).isPastReturn && this.plan.steps[from.position]?.isPastReturn !== true;
    if (isCrossing && (await transaction.journal.findJob(this.job.reference))?.isCancelRequested === true) throw this.#cancelReason();
    await this.updateJob(transaction, { percentComplete: Math.floor((100 * next.position) / this.plan.steps.length) });
  }

  async #failed(planned: PlannedStep, line: JobStep, error: EngineError): Promise<void> {
    if (planned.step.onFailure === "warn" && error.code !== "CANCELED") {
      await this.commit(async (transaction) => {
        await this.warn(transaction, line, error);
        await this.#lineDone(transaction, line, {});
        await this.goOn(transaction, line);
      });
    } else if (planned.group !== undefined) {
      await this.#giveUpGroup(planned, line, error);
    } else if (planned.isPastReturn) {
      await this.#leaveUnfinished(line, error);
    } else {
      await this.#turnBack(error);
    }
  }

  async #giveUpGroup(planned: PlannedStep, line: JobStep, error: EngineError): Promise<void> {
    const group = planned.group;
    if (group === undefined) return;
    await new BackwardRun(this).undoGroup(group);
    await this.commit(async (transaction) => {
      await this.warn(transaction, line, error);
      await raiseFault(this.parts, transaction, this.job, { code: group.faultCode, message: error.message, action: error.action });
      await this.goOn(transaction, { position: group.to - 1, key: "" });
    });
  }

  async #turnBack(error: EngineError): Promise<void> {
    await this.commit(async (transaction) => {
      await this.event(transaction, { level: "ERROR", code: error.code, message: error.message, action: error.action });
      await this.updateJob(transaction, { direction: "UNDO", error: error.toShape() });
    });
  }

  async #leaveUnfinished(line: JobStep, error: EngineError): Promise<void> {
    await this.commit(async (transaction) => {
      await this.event(transaction, { level: "ERROR", code: error.code, message: error.message, action: error.action });
      await raiseFault(this.parts, transaction, this.job, {
        code: "JOB_UNFINISHED",
        message: `${this.job.title} could not finish "${line.name}": ${error.message}`,
        action: `Mend the cause, then resolve this fault: the job goes on from there. ${error.action}`.trim(),
      });
      this.job = await endJob(this.parts, transaction, {
        job: this.job,
        plan: this.plan,
        facts: this.lines.facts(),
        state: "FAILED",
        error,
        isUnfinished: true,
      });
    });
  }

  #cancelReason(): EngineError {
    return new EngineError("CANCELED", `${this.job.title} was cancelled.`, { details: { job: this.job.reference } });
  }

  plannedOf(line: Pick<JobStep, "position">): PlannedStep {
    const planned = this.plan.steps[line.position];
    if (planned === undefined) throw new Error(`${this.job.workflow} has no step at position ${line.position}.`);
    return planned;
  }

  workOf(line: JobStep, signals: readonly AbortSignal[] = []): StepWork<object> {
    return {
      job: this.job,
      facts: this.lines.facts(),
      own: line.intent,
      key: line.key,
      mark: this.markOf(line),
      signal: AbortSignal.any([...signals, this.#stop.signal]),
      remark: (remark) => void this.#remarks.push(remark),
      progress: (percent, message) => this.parts.progress(this.job, line.name, { percent, ...(message === undefined ? {} : { message }) }),
    };
  }

  markOf(line: JobStep): string {
    return stepMark(this.parts.engineId, this.job.reference, line);
  }

  /** The mark of what belongs to the job but to no step. */
  plainMark(): string {
    return stepMark(this.parts.engineId, this.job.reference, { position: this.plan.steps.length, key: "" });
  }

  async endMarked(line: JobStep): Promise<void> {
    await this.parts.endMarked(this.markOf(line));
  }

  async pass(line: JobStep, direction: "RUN" | "UNDO", moment: "BEFORE" | "AFTER"): Promise<void> {
    const { reference: job, workflow, targetName } = this.job;
    await this.parts.gate({ job, workflow, targetName, step: stepName(this.plannedOf(line)), key: line.key, direction, moment });
  }

  /** One transaction; afterwards whoever watches is told. An error leaves the run as it was. */
  async commit(work: (transaction: CatalogTransaction) => Promise<void>): Promise<void> {
    if (this.isStopped) throw this.#stop.signal.reason;
    const before = { job: this.job, lines: this.lines.copy(this.job) };
    const remarks = this.#remarks;
    this.#events = [];
    try {
      await this.parts.catalog.transact(async (transaction) => {
        for (const remark of remarks) await this.event(transaction, remark);
        await work(transaction);
      });
    } catch (error) {
      this.job = before.job;
      this.lines = before.lines;
      throw error;
    }
    this.#remarks = [];
    for (const event of this.#events) this.parts.watchers.tell({ job: this.job, event });
    this.parts.watchers.tell({ job: this.job });
  }

  #events: JobEvent[] = [];

  async event(transaction: CatalogTransaction, remark: Remark): Promise<void> {
    const { level, code, message } = remark;
    this.#events.push(
      await transaction.appendEvent({ job: this.job.reference, level, code, message, action: remark.action ?? "", at: this.parts.now() }),
    );
    if (level === "WARNING") await this.updateJob(transaction, { warningCount: this.job.warningCount + 1 });
  }

  async warn(transaction: CatalogTransaction, line: JobStep, error: EngineError): Promise<void> {
    await this.event(transaction, { level: "WARNING", code: error.code, message: `${line.name}: ${error.message}`, action: error.action });
  }

  async updateJob(transaction: CatalogTransaction, set: Partial<Job>): Promise<void> {
    await transaction.updateJob(this.job.reference, set);
    this.job = { ...this.job, ...set };
  }
}
