import { EngineError } from "@opendvp/model";
import type { JobStep } from "../entities/job.ts";
import type { CatalogTransaction } from "../ports/catalog.ts";
import { endJob } from "./end-job.ts";
import type { JobRun } from "./job-run.ts";
import type { PlannedGroup } from "./plan.ts";
import { applyOutcome, raiseFault } from "./raise-fault.ts";
import { retrying } from "./retrying.ts";
import type { UndoOutcome } from "./workflow.ts";

/** Undoes what a job has done, last begun first. */
export class BackwardRun {
  readonly #run: JobRun;

  constructor(run: JobRun) {
    this.#run = run;
  }

  /** Undoes the whole job and ends it. An undo that keeps failing ends it too, with a fault and the rest still to do. */
  async undoAll(): Promise<void> {
    try {
      for (const line of this.#run.lines.undoable()) await this.#undoLine(line);
    } catch (error) {
      if (this.#run.isStopped) throw error;
      await this.#leaveUnfinished(EngineError.from(error));
      return;
    }
    await this.#end();
  }

  /** Undoes the steps of an attempt, so that it can be repeated or given up. */
  async undoGroup(group: PlannedGroup): Promise<void> {
    for (const line of this.#run.lines.undoable(group.from, group.to)) await this.#undoLine(line);
  }

  async #undoLine(line: JobStep): Promise<void> {
    const run = this.#run;
    const planned = run.plannedOf(line);
    const isHead = planned.forEach !== undefined && line.key === "";
    const undo = isHead ? undefined : planned.step.undo;
    if (undo === undefined) {
      if (line.state !== "DONE") await run.endMarked(line);
      await run.commit((transaction) => this.#lineUndone(transaction, line, undefined));
      return;
    }
    const undoing: JobStep = { ...line, state: "UNDOING" };
    if (line.state !== "UNDOING") {
      await run.commit(async (transaction) => {
        await transaction.putStep(undoing);
        run.lines.put(undoing);
      });
    }
    const outcome = await retrying(run.parts, run.parts.retryDelaysMs, async () => {
      await run.endMarked(line);
      await run.pass(line, "UNDO", "BEFORE");
      const undone = await undo(run.workOf(undoing));
      await run.pass(line, "UNDO", "AFTER");
      return undone;
    });
    await run.commit((transaction) => this.#lineUndone(transaction, line, outcome));
  }

  async #lineUndone(transaction: CatalogTransaction, line: JobStep, outcome: UndoOutcome | undefined): Promise<void> {
    await applyOutcome(this.#run.parts, transaction, this.#run.job, outcome);
    const undone: JobStep = { ...line, state: "UNDONE", endedAt: this.#run.parts.now() };
    await transaction.putStep(undone);
    this.#run.lines.put(undone);
  }

  async #end(): Promise<void> {
    const run = this.#run;
    const error = run.job.error;
    const outcome = await this.#lookAround();
    await run.commit(async (transaction) => {
      await applyOutcome(run.parts, transaction, run.job, outcome);
      const state = error?.code === "CANCELED" ? "CANCELED" : "FAILED";
      run.job = await endJob(run.parts, transaction, { job: run.job, plan: run.plan, facts: {}, state });
    });
  }

  // What is found out here is only a record: failing to find out must not keep the job from ending.
  async #lookAround(): Promise<UndoOutcome | undefined> {
    const run = this.#run;
    try {
      return await run.plan.workflow.whenUndone?.({ job: run.job, facts: run.lines.allFacts(), mark: run.plainMark() });
    } catch (error) {
      if (run.isStopped) throw error;
      return undefined;
    }
  }

  async #leaveUnfinished(error: EngineError): Promise<void> {
    const run = this.#run;
    await run.commit(async (transaction) => {
      const message = `What ${run.job.title} had begun could not be undone: ${error.message}`;
      await run.event(transaction, { level: "ERROR", code: "UNDO_FAILED", message, action: error.action });
      await raiseFault(run.parts, transaction, run.job, {
        code: "UNDO_FAILED",
        message,
        action: `Mend the cause, then resolve this fault: the rest is then undone. ${error.action}`.trim(),
      });
      run.job = await endJob(run.parts, transaction, { job: run.job, plan: run.plan, facts: {}, state: "FAILED", isUnfinished: true });
    });
  }
}
