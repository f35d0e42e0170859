import { EngineError } from "@opendvp/model";
import type { JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import type { JobRecord } from "./job-record.ts";
import type { PlannedGroup } from "./plan.ts";
import { retrying } from "./retrying.ts";
import { stepLabel } from "./step-label.ts";
import type { StepWork, UndoOutcome } from "./workflow.ts";

/** What undoing needs of the run that it belongs to. */
export interface UndoableRun {
  readonly record: JobRecord;
  readonly isStopped: boolean;
  commit(work: (transaction: CatalogTransaction) => Promise<void>): Promise<void>;
  endMarked(line: JobStep): Promise<void>;
  pass(line: JobStep, direction: "RUN" | "UNDO", moment: "BEFORE" | "AFTER"): Promise<void>;
  workOf(line: JobStep): StepWork<object>;
  plainMark(): string;
}

/** Undoes what a job has done, last begun first. */
export class BackwardRun {
  readonly #run: UndoableRun;
  readonly #record: JobRecord;

  constructor(run: UndoableRun) {
    this.#run = run;
    this.#record = run.record;
  }

  /** Undoes the whole job and ends it. An undo that keeps failing ends it too, with a fault and the rest still to do. */
  async undoAll(): Promise<void> {
    try {
      for (const line of this.#record.lines.undoable()) await this.#undoLine(line);
    } catch (error) {
      if (this.#run.isStopped) throw error;
      await this.#leaveUnfinished(EngineError.from(error));
      return;
    }
    await this.#end();
  }

  /** Undoes the steps of an attempt, so that it can be repeated or given up. */
  async undoGroup(group: PlannedGroup): Promise<void> {
    for (const line of this.#record.lines.undoable(group.from, group.to)) await this.#undoLine(line);
  }

  async #undoLine(line: JobStep): Promise<void> {
    const run = this.#run;
    const planned = this.#record.plannedOf(line);
    const isHead = planned.forEach !== undefined && line.key === "";
    const undo = isHead ? undefined : planned.step.undo;
    if (undo === undefined) {
      if (!isHead && !this.#livesOn(line)) await retrying(this.#record.parts, () => run.endMarked(line));
      await run.commit((transaction) => this.#lineUndone(transaction, line, undefined));
      return;
    }
    const undoing: JobStep = { ...line, state: "UNDOING" };
    if (line.state !== "UNDOING") await run.commit((transaction) => this.#lineUndoing(transaction, undoing));
    const outcome = await retrying(this.#record.parts, async () => {
      await run.endMarked(line);
      await run.pass(line, "UNDO", "BEFORE");
      const undone = await undo(run.workOf(undoing));
      await run.pass(line, "UNDO", "AFTER");
      return undone;
    });
    await run.commit((transaction) => this.#lineUndone(transaction, line, outcome));
  }

  // Only of a finished step can anything have been left running on purpose.
  #livesOn(line: JobStep): boolean {
    const { step } = this.#record.plannedOf(line);
    return line.state === "DONE" && (step.bringsBack === true || this.#record.plan.workflow.callsNothingBack === true);
  }

  async #lineUndoing(transaction: CatalogTransaction, line: JobStep): Promise<void> {
    await this.#record.put(transaction, line);
    await this.#record.update(transaction, { step: stepLabel(line) });
  }

  async #lineUndone(transaction: CatalogTransaction, line: JobStep, outcome: UndoOutcome | undefined): Promise<void> {
    await this.#record.apply(transaction, outcome);
    await this.#record.put(transaction, { ...line, state: "UNDONE", endedAt: this.#record.parts.now() });
  }

  // What is found out at the end is only a record: failing to find it out, or to keep it, must not keep the job from ending.
  async #end(): Promise<void> {
    const outcome = await this.#lookAround();
    try {
      await this.#endWith(outcome);
    } catch (error) {
      if (this.#run.isStopped || outcome === undefined) throw error;
      await this.#endWith(undefined);
    }
  }

  async #endWith(outcome: UndoOutcome | undefined): Promise<void> {
    const state = this.#record.job.error?.code === "CANCELED" ? "CANCELED" : "FAILED";
    await this.#run.commit(async (transaction) => {
      await this.#record.apply(transaction, outcome);
      await this.#record.end(transaction, { state });
    });
  }

  async #lookAround(): Promise<UndoOutcome | undefined> {
    const { plan, job, lines } = this.#record;
    try {
      return await plan.workflow.whenUndone?.({ job, facts: lines.allFacts(), mark: this.#run.plainMark() });
    } catch (error) {
      if (this.#run.isStopped) throw error;
      return undefined;
    }
  }

  async #leaveUnfinished(error: EngineError): Promise<void> {
    const record = this.#record;
    await this.#run.commit(async (transaction) => {
      const message = `What ${record.job.title} had begun could not be undone: ${error.message}`;
      await record.event(transaction, { level: "ERROR", code: "UNDO_FAILED", message, action: error.action });
      await record.raise(transaction, {
        code: "UNDO_FAILED",
        message,
        action: `Mend the cause, then resolve this fault: the rest is then undone. ${error.action}`.trim(),
      });
      await record.end(transaction, { state: "FAILED", isUnfinished: true });
    });
  }
}
