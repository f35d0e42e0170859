import { EngineError, type JsonObject } from "@opendvp/model";
import type { Job, JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { Cursor } from "./advance.ts";
import { BackwardRun } from "./backward-run.ts";
import { attemptCancelReason, cancelReason } from "./cancel-reason.ts";
import type { JobParts } from "./job-parts.ts";
import { JobRecord } from "./job-record.ts";
import { lineMark, stepMark } from "./mark.ts";
import { mayBeCancelled, stepName, type Plan, type PlannedGroup, type PlannedStep } from "./plan.ts";
import { outlasting } from "./outlasting.ts";
import { retrying } from "./retrying.ts";
import type { Remark, StepOutcome, StepWork } from "./workflow.ts";

/** Thrown through a run when the engine stops: the job stays as its journal says, for the next start. */
class EngineStops extends Error {}

/** Runs one job from wherever its journal stands to its end. */
export class JobRun {
  readonly record: JobRecord;
  readonly #parts: JobParts;
  readonly #cancel = new AbortController();
  readonly #stop = new AbortController();

  constructor(parts: JobParts, plan: Plan, start: { readonly job: Job; readonly lines: readonly JobStep[] }) {
    this.#parts = parts;
    this.record = new JobRecord(parts, plan, start);
    if (start.job.isCancelRequested) this.requestCancel();
  }

  get job(): Job {
    return this.record.job;
  }

  /** Makes the running step end early, as far as the job may still be cancelled. */
  requestCancel(): void {
    this.record.noteCancelRequest();
    this.#cancel.abort(cancelReason(this.job));
  }

  /** Makes the run end where it is, without writing anything more. */
  stop(): void {
    this.#stop.abort(new EngineStops());
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Resolves when the job has ended, or was left to the next start. Never rejects. */
  async toTheEnd(start: { readonly isPickedUp: boolean }): Promise<void> {
    try {
      if (start.isPickedUp) await this.#pickUp();
      while (this.job.state === "RUNNING") {
        if (this.job.direction === "UNDO") await new BackwardRun(this).undoAll();
        else await this.#forwardStep();
      }
    } catch (error) {
      if (!this.isStopped) await this.#giveUp(error);
    }
  }

  /** What a job cut off by a crash does first: nothing that its journal does not tell. */
  async #pickUp(): Promise<void> {
    const line = this.record.lines.latest();
    if (this.job.direction === "UNDO" || line === undefined) return;
    const planned = this.record.plannedOf(line);
    if (planned.group !== undefined) await this.#beginAgain(planned.group);
    else if (planned.isPastReturn) await retrying(this.#parts, () => this.endMarked(line));
    else await this.#turnBack(this.#whyTurnBack(line));
  }

  #whyTurnBack(line: JobStep): EngineError {
    if (this.job.isCancelRequested) return cancelReason(this.job);
    return this.job.error === null ? interrupted(line) : EngineError.fromShape(this.job.error);
  }

  async #beginAgain(group: PlannedGroup): Promise<void> {
    const start: Cursor = { position: group.from - 1, key: "" };
    await new BackwardRun(this).undoGroup(group);
    await this.commit((transaction) => this.record.goOnAfterUndo(transaction, start));
  }

  async #forwardStep(): Promise<void> {
    const line = this.record.lines.current();
    if (line === undefined) throw new Error(`${this.job.reference} runs but has no step under way.`);
    const planned = this.record.plannedOf(line);
    try {
      if (mayBeCancelled(planned)) this.#cancel.signal.throwIfAborted();
      await this.#runAndCommit(planned, line);
    } catch (error) {
      if (this.isStopped) throw error;
      await this.#failed(planned, line, EngineError.from(error));
    }
  }

  async #runAndCommit(planned: PlannedStep, line: JobStep): Promise<void> {
    const work = this.workOf(line, mayBeCancelled(planned) ? [this.#cancel.signal] : []);
    const run = async (): Promise<StepOutcome<object> | undefined> => {
      await this.pass(line, "RUN", "BEFORE");
      const outcome = await this.#parts.tracer.span({ kind: "step", name: line.name }, async () => planned.step.run(work));
      await this.pass(line, "RUN", "AFTER");
      return outcome;
    };
    const isRetried = planned.isPastReturn && planned.group === undefined && planned.step.onFailure !== "warn";
    const outcome = isRetried ? await retrying(this.#parts, run, () => this.endMarked(line)) : await run();
    await this.commit(async (transaction) => {
      await this.record.apply(transaction, outcome);
      await this.#lineDone(transaction, line, (outcome?.facts ?? {}) as JsonObject);
      await this.record.goOn(transaction, line);
    });
  }

  async #lineDone(transaction: CatalogTransaction, line: JobStep, result: JsonObject): Promise<void> {
    await this.record.put(transaction, { ...line, state: "DONE", result, endedAt: this.#parts.now() });
  }

  async #failed(planned: PlannedStep, line: JobStep, error: EngineError): Promise<void> {
    if (planned.step.onFailure === "warn" && error.code !== "CANCELED") {
      await this.commit(async (transaction) => {
        await this.record.warn(transaction, line, error);
        await this.#lineDone(transaction, line, {});
        await this.record.goOn(transaction, line);
      });
    } else if (planned.group !== undefined) {
      await this.#giveUpGroup(planned.group, line, error);
    } else if (planned.isPastReturn) {
      await this.#leaveUnfinished(line, error);
    } else {
      await this.#turnBack(error);
    }
  }

  async #giveUpGroup(group: PlannedGroup, line: JobStep, error: EngineError): Promise<void> {
    const reason = error.code === "CANCELED" || this.#cancel.signal.aborted ? attemptCancelReason(this.job, group.name) : error;
    await new BackwardRun(this).undoGroup(group);
    await this.commit(async (transaction) => {
      await this.record.warn(transaction, line, reason);
      await this.record.raise(transaction, { code: group.faultCode, message: reason.message, action: reason.action });
      await this.record.goOnAfterUndo(transaction, { position: group.to - 1, key: "" });
    });
  }

  async #turnBack(error: EngineError): Promise<void> {
    await this.commit(async (transaction) => {
      await this.record.event(transaction, { level: "ERROR", code: error.code, message: error.message, action: error.action });
      await this.record.update(transaction, { direction: "UNDO", error: error.toShape() });
    });
  }

  async #leaveUnfinished(line: Pick<JobStep, "name">, error: EngineError): Promise<void> {
    await this.commit(async (transaction) => {
      await this.record.event(transaction, { level: "ERROR", code: error.code, message: error.message, action: error.action });
      await this.record.raise(transaction, {
        code: "JOB_UNFINISHED",
        message: `${this.job.title} could not finish "${line.name}": ${error.message}`,
        action: `Mend the cause, then resolve this fault: the job goes on from there. ${error.action}`.trim(),
      });
      await this.record.end(transaction, { state: "FAILED", error, isUnfinished: true });
    });
  }

  // No rule foresees what led here, so that the job neither goes on nor turns back by itself; but it must not hold its locks for ever.
  async #giveUp(error: unknown): Promise<void> {
    const known = EngineError.from(error);
    if (known.code === "INTERNAL") this.#parts.reportDefect(error, this.job);
    if (this.job.state !== "RUNNING") return;
    try {
      await this.#leaveUnfinished(this.record.lines.latest() ?? { name: this.job.workflow }, known);
    } catch (second) {
      if (!this.isStopped) this.#parts.reportDefect(second, this.job);
    }
  }

  /** What a step works with; it is aborted when the engine stops, and by the given signals. */
  workOf(line: JobStep, signals: readonly AbortSignal[] = []): StepWork<object> {
    return {
      job: this.job,
      facts: this.record.lines.facts(),
      own: line.intent,
      key: line.key,
      mark: stepMark(this.#parts.engineId, this.job.reference, line),
      signal: AbortSignal.any([...signals, this.#stop.signal]),
      remark: (remark) => this.#remark(remark),
      progress: (percent) => this.#progress(line, percent),
    };
  }

  // Taking something back is no progress of the job, and neither is what a step says when it is over.
  #progress(line: JobStep, percent: number): void {
    const current = this.record.lines.current();
    const isUnderWay = this.job.direction === "FORWARD" && current?.position === line.position && current.key === line.key;
    if (isUnderWay && line.state === "INTENDED") this.#parts.progress.reach(this.job, this.record.percentAt(line, percent));
  }

  // What cannot be written now joins the story with the next commit.
  #remark(remark: Remark): void {
    this.record.remark(remark);
    if (!this.isStopped) this.record.flush().catch(() => undefined);
  }

  #lineMark(line: Pick<JobStep, "position" | "key">): string {
    return lineMark(this.#parts.engineId, this.job.reference, line);
  }

  /** The mark of what belongs to the job but to no step. */
  plainMark(): string {
    return this.#lineMark({ position: this.record.plan.steps.length, key: "" });
  }

  /** Ends whatever a step, and a former try of its undo, has left running. */
  async endMarked(line: JobStep): Promise<void> {
    await this.#parts.endMarked(this.#lineMark(line));
  }

  async pass(line: JobStep, direction: "RUN" | "UNDO", moment: "BEFORE" | "AFTER"): Promise<void> {
    const { reference: job, workflow, targetName } = this.job;
    await this.#parts.gate({ job, workflow, targetName, step: stepName(this.record.plannedOf(line)), key: line.key, direction, moment });
  }

  /**
   * Writes, unless the engine has stopped. As long as the catalog cannot be written the job waits, and holds its locks: what it
   * has just done is known nowhere else.
   */
  async commit(work: (transaction: CatalogTransaction) => Promise<void>): Promise<void> {
    const { clock } = this.#parts;
    const onOutage = (error: EngineError): void => this.#heldUp(error);
    await outlasting(clock, (isRepeated) => this.record.commit(work, isRepeated), { signal: this.#stop.signal, onOutage });
  }

  #heldUp(error: EngineError): void {
    const { code, message, action } = error;
    this.#parts.reportOutage(error, this.job);
    this.record.remark({ level: "INFO", code, message: `What the job had done could not be written for a while: ${message}`, action });
  }
}

function interrupted(line: JobStep): EngineError {
  return new EngineError("INTERRUPTED", `The engine stopped while "${line.name}" was under way.`, {
    action: "Ask for the operation again.",
    details: { step: line.name },
  });
}
