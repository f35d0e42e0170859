import type { FollowUp } from "../jobs/workflow.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** The job that prepares the snapshot just taken, where its plugin does that. */
export function prepareTaken(facts: Partial<VirtualFacts>): FollowUp | undefined {
  if (facts.isPreparationDue !== true || facts.taken === undefined) return undefined;
  return { workflow: "prepare-snapshot", input: { snapshot: facts.taken.reference } };
}
