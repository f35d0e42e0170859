import { EngineError } from "@opendvp/model";
import type { JobStep } from "../entities/job.ts";
import type { CatalogTransaction, Change } from "../ports/catalog.ts";
import { endJob } from "./end-job.ts";
import type { JobRun } from "./job-run.ts";
import type { PlannedGroup } from "./plan.ts";
import { raiseFault } from "./raise-fault.ts";
import { retrying } from "./retrying.ts";

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
      await run.commit((transaction) => this.#lineUndone(transaction, line, []));
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
    await run.commit((transaction) => this.#lineUndone(transaction, line, outcome?.changes ?? []));
  }

  async #lineUndone(transaction: CatalogTransaction, line: JobStep, changes: readonly Change[]): Promise<void> {
    await transaction.apply(changes);
    const undone: JobStep = { ...line, state: "UNDONE", endedAt: this.#run.parts.now() };
    await transaction.putStep(undone);
    this.#run.lines.put(undone);
  }

  async #end(): Promise<void> {
    const run = this.#run;
    const error = run.job.error;
    const changes = (await run.plan.workflow.whenUndone?.({ job: run.job, facts: run.lines.facts() })) ?? [];
    await run.commit(async (transaction) => {
      await transaction.apply(changes);
      const state = error?.code === "CANCELED" ? "CANCELED" : "FAILED";
      run.job = await endJob(run.parts, transaction, { job: run.job, plan: run.plan, facts: {}, state });
    });
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
