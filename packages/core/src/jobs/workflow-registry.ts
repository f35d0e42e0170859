import { EngineError } from "@opendvp/model";
import type { Job } from "../entities/job.ts";
import { planOf, type Plan } from "./plan.ts";
import type { Facts, Workflow } from "./workflow.ts";

/** The workflows that this engine knows, by name. */
export class WorkflowRegistry {
  readonly #plans = new Map<string, Plan>();

  /** Registers a workflow; each name once. */
  add<F extends Facts>(workflow: Workflow<F>): Workflow<F> {
    if (this.#plans.has(workflow.name)) throw new Error(`There are two workflows named ${workflow.name}.`);
    // Facts are JSON in the journal: a workflow gets back what its own steps and input put there.
    this.#plans.set(workflow.name, planOf(workflow as unknown as Workflow));
    return workflow;
  }

  all(): readonly Plan[] {
    return [...this.#plans.values()];
  }

  planNamed(name: string): Plan {
    const plan = this.#plans.get(name);
    if (plan === undefined) throw new Error(`There is no workflow named ${name}.`);
    return plan;
  }

  /** @throws EngineError `ENGINE_TOO_OLD` where the job was begun by an engine with other steps */
  planFor(job: Job): Plan {
    const plan = this.#plans.get(job.workflow);
    if (plan?.workflow.version !== job.workflowVersion) {
      throw new EngineError(
        "ENGINE_TOO_OLD",
        `${job.reference} (${job.title}) was begun with version ${job.workflowVersion} of "${job.workflow}", which this engine does not have.`,
        {
          action: "Start the engine version that began the job once; it finishes the job. Then start this one.",
          details: { job: job.reference, workflow: job.workflow, version: job.workflowVersion },
        },
      );
    }
    return plan;
  }
}
