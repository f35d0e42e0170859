import type { FollowUp } from "../jobs/workflow.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** The jobs that prepare the snapshots just taken, where their plugin does that: of the head that was left, and of what came after. */
export function prepareTaken({ takenHead, taken, isHeadPreparationDue, isPreparationDue }: Partial<VirtualFacts>): readonly FollowUp[] {
  const due = [isHeadPreparationDue === true ? takenHead : undefined, isPreparationDue === true ? taken : undefined];
  return due
    .filter((snapshot) => snapshot !== undefined)
    .map(({ reference }) => ({ workflow: "prepare-snapshot", input: { snapshot: reference } }));
}
