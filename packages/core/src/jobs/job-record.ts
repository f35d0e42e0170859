import { type EngineError } from "@opendvp/model";
import type { Job, JobEvent, JobStep } from "../entities/job.ts";
import { faultsOf, type FaultText } from "../faults/faults-of.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import { advance, type Cursor } from "./advance.ts";
import type { Begun } from "./begin-job.ts";
import { cancelReason } from "./cancel-reason.ts";
import { chooseIn } from "./choose-in.ts";
import { endJob, type Ending } from "./end-job.ts";
import { endUnfinishedOf, UNFINISHED } from "./left-unfinished.ts";
import { JournalLines } from "./journal-lines.ts";
import type { JobParts } from "./job-parts.ts";
import type { Plan, PlannedStep } from "./plan.ts";
import { percentAt } from "./percent-at.ts";
import { stepLabel } from "./step-label.ts";
import type { Remark, UndoOutcome } from "./workflow.ts";

/** A running job as the catalog has it: its row, its journal, its story. Everything that a run writes goes through here. */
export class JobRecord {
  readonly parts: JobParts;
  readonly plan: Plan;
  #job: Job;
  #lines: JournalLines;
  #remarks: Remark[] = [];
  #events: JobEvent[] = [];
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(parts: JobParts, plan: Plan, start: { readonly job: Job; readonly lines: readonly JobStep[] }) {
    this.parts = parts;
    this.plan = plan;
    this.#job = start.job;
    this.#lines = new JournalLines(start.job, start.lines);
  }

  get job(): Job {
    return this.#job;
  }

  get lines(): JournalLines {
    return this.#lines;
  }

  plannedOf(line: Pick<JobStep, "position">): PlannedStep {
    const planned = this.plan.steps[line.position];
    if (planned === undefined) throw new Error(`${this.#job.workflow} has no step at position ${line.position}.`);
    return planned;
  }

  /** A cancel is written down by whoever asks for it, in a transaction of its own. */
  noteCancelRequest(): void {
    this.#job = { ...this.#job, isCancelRequested: true };
  }

  /** Joins the story with the next commit, whatever that is. */
  remark(remark: Remark): void {
    this.#remarks.push(remark);
  }

  /** Writes the remarks that no commit has taken along yet. */
  async flush(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#remarks.length > 0) await this.#commit(() => Promise.resolve());
    });
  }

  /**
   * One transaction; afterwards whoever watches is told. An error leaves the record as it was. One that is repeated may have come
   * through before: its answer alone may have been lost.
   */
  async commit(work: (transaction: CatalogTransaction) => Promise<void>, isRepeated = false): Promise<void> {
    await this.#inTurn(() => this.#commit(work, isRepeated));
  }

  // A remark may come while the step that made it ends.
  async #inTurn(write: () => Promise<void>): Promise<void> {
    const written = this.#lastWrite.then(write);
    this.#lastWrite = written.catch(() => undefined);
    await written;
  }

  async #commit(work: (transaction: CatalogTransaction) => Promise<void>, isRepeated = false): Promise<void> {
    const before = { job: this.#job, lines: this.#lines.copy(this.#job) };
    const remarks = [...this.#remarks];
    this.#events = [];
    try {
      const written = await this.parts.catalog.transact(async (transaction) => {
        const already = isRepeated ? await this.#writtenBefore(transaction) : undefined;
        if (already !== undefined) return already;
        for (const remark of remarks) await this.event(transaction, remark);
        await work(transaction);
        return undefined;
      });
      if (written === undefined) this.#remarks.splice(0, remarks.length);
      else [this.#job, this.#lines] = [written.job, new JournalLines(written.job, written.lines)];
    } catch (error) {
      this.#job = before.job;
      this.#lines = before.lines;
      throw error;
    }
    for (const event of this.#events) this.parts.watchers.tell({ job: this.#job, event });
    this.parts.watchers.tell({ job: this.#job });
  }

  // Whatever a run writes changes a line of the journal, or the job's state or direction.
  async #writtenBefore({ journal }: CatalogTransaction): Promise<Begun | undefined> {
    const job = await journal.findJob(this.#job.reference);
    const lines = await journal.steps(this.#job.reference);
    const isSame = outlineOf(job, lines) === outlineOf(this.#job, this.#lines.all());
    return job === undefined || isSame ? undefined : { job, lines };
  }

  async put(transaction: CatalogTransaction, line: JobStep): Promise<void> {
    await transaction.putStep(line);
    this.#lines.put(line);
  }

  /** What has been shown of the job's progress is written down too: it never goes back. */
  async update(transaction: CatalogTransaction, set: Partial<Job>): Promise<void> {
    const { percentComplete } = this.parts.progress.shown(this.#job);
    const whole = { ...set, percentComplete: Math.max(percentComplete, set.percentComplete ?? 0) };
    await transaction.updateJob(this.#job.reference, whole);
    this.#job = { ...this.#job, ...whole };
  }

  async event(transaction: CatalogTransaction, remark: Remark): Promise<void> {
    const { level, code, message, action = "" } = remark;
    const event = { job: this.#job.reference, level, code, message, action, at: this.parts.now() };
    this.#events.push(await transaction.appendEvent(event));
    if (level === "WARNING") await this.update(transaction, { warningCount: this.#job.warningCount + 1 });
  }

  async warn(transaction: CatalogTransaction, line: JobStep, error: EngineError): Promise<void> {
    await this.event(transaction, { level: "WARNING", code: error.code, message: `${line.name}: ${error.message}`, action: error.action });
  }

  /** Raises a fault of the object that the job is about. */
  async raise(transaction: CatalogTransaction, text: FaultText): Promise<void> {
    await faultsOf(transaction, this.#job, this.parts.now()).raise(text);
  }

  /** Applies what a step or an undo answered, but for its facts. */
  async apply(transaction: CatalogTransaction, outcome: UndoOutcome | undefined): Promise<void> {
    await transaction.apply(outcome?.changes ?? []);
    await transaction.apply((await outcome?.changesWith?.(chooseIn(transaction, this.parts.ids))) ?? []);
    await endUnfinishedOf(transaction, outcome?.changes ?? [], { by: this.#job, at: this.parts.now() });
    for (const fault of outcome?.faults ?? []) await this.raise(transaction, fault);
    await faultsOf(transaction, this.#job, this.parts.now()).clear(outcome?.mends ?? []);
  }

  /**
   * Journals what comes after a step that is done, or ends the job.
   * @throws EngineError `CANCELED` where that would cross the point of no return, of the job or of an attempt
   */
  async goOn(transaction: CatalogTransaction, from: Cursor): Promise<void> {
    const next = await this.#advance(transaction, from);
    if (this.#isCrossing(from, next) && (await transaction.journal.findJob(this.#job.reference))?.isCancelRequested === true)
      throw cancelReason(this.#job);
    await this.#goTo(transaction, next);
  }

  /** Journals what comes after an attempt that was given up, or what begins one again. */
  async goOnAfterUndo(transaction: CatalogTransaction, from: Cursor): Promise<void> {
    await this.#goTo(transaction, await this.#advance(transaction, from));
  }

  #advance(transaction: CatalogTransaction, from: Cursor): Promise<JobStep | undefined> {
    return advance(this.parts, { plan: this.plan, lines: this.#lines, job: this.#job.reference, transaction }, from);
  }

  #isCrossing(from: Cursor, next: JobStep | undefined): boolean {
    const left = this.plan.steps[from.position];
    const entered = next === undefined ? undefined : this.plannedOf(next);
    if (left?.isPastReturn !== true) return entered?.isPastReturn !== false;
    return left.group !== undefined && entered?.group !== left.group;
  }

  async #goTo(transaction: CatalogTransaction, next: JobStep | undefined): Promise<void> {
    if (next === undefined) await this.end(transaction, { state: "COMPLETED" });
    else await this.update(transaction, { percentComplete: Math.floor(this.percentAt(next)), step: stepLabel(next) });
  }

  /** How far the job is, in percent. */
  percentAt(line: JobStep, percentOfStep = 0): number {
    return percentAt(this.plan, this.#lines, { line, percentOfStep });
  }

  async end(transaction: CatalogTransaction, ending: Pick<Ending, "state" | "error" | "isUnfinished">): Promise<void> {
    if (this.#job.error !== null && ending.isUnfinished !== true) await this.#clearUnfinished(transaction);
    if (this.parts.progress.shown(this.#job) !== this.#job) await this.update(transaction, {});
    this.#job = await endJob(this.parts, transaction, { ...ending, job: this.#job, plan: this.plan, facts: this.#lines.facts() });
  }

  async #clearUnfinished(transaction: CatalogTransaction): Promise<void> {
    const { target } = this.#job;
    if (target === null || (await transaction.journal.countJobs({ target, isUnfinished: true })) > 0) return;
    await faultsOf(transaction, this.#job, this.parts.now()).clear(UNFINISHED);
  }
}

function outlineOf(job: Job | undefined, lines: readonly JobStep[]): string {
  const states = lines.map(({ position, key, state }) => `${position}/${key} ${state}`).sort();
  return [job?.state, job?.direction, ...states].join("\n");
}
