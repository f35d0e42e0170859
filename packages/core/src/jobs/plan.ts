import type { Attempt, Facts, ForEachStep, Step, Workflow, WorkflowItem } from "./workflow.ts";

/** A step at its position in a workflow. */
export interface PlannedStep {
  readonly position: number;
  readonly step: Step<Facts>;
  /** Set for a forEach step: where its keys come from. */
  readonly forEach?: ForEachStep<Facts>;
  readonly isPastReturn: boolean;
  /** Set inside an attempt. */
  readonly group?: PlannedGroup;
}

export interface PlannedGroup {
  readonly name: string;
  readonly faultCode: string;
  readonly from: number;
  /** The position after its last step. */
  to: number;
}

/** A workflow as numbered steps: what the journal's positions mean. */
export interface Plan {
  readonly workflow: Workflow;
  readonly steps: readonly PlannedStep[];
}

/** Numbers the steps of a workflow; attempts are laid out in line. */
export function planOf(workflow: Workflow): Plan {
  const steps: PlannedStep[] = [];
  let isPastReturn = false;

  const add = (item: WorkflowItem<Facts>, group?: PlannedGroup): void => {
    if ("pointOfNoReturn" in item) {
      isPastReturn = true;
    } else if ("attempt" in item) {
      addAttempt(item);
    } else {
      const planned = "forEach" in item ? { step: item.step, forEach: item } : { step: item };
      steps.push({ position: steps.length, isPastReturn, ...planned, ...(group === undefined ? {} : { group }) });
    }
  };
  const addAttempt = (item: Attempt<Facts>): void => {
    const group: PlannedGroup = { name: item.attempt, faultCode: item.faultCode, from: steps.length, to: steps.length };
    for (const inner of item.steps) add(inner, group);
    group.to = steps.length;
  };

  for (const item of workflow.items) add(item);
  return { workflow, steps };
}

/** Before the point of no return, and within an attempt, whose end is one of its own. */
export function mayBeCancelled(planned: PlannedStep): boolean {
  return !planned.isPastReturn || planned.group !== undefined;
}

/** The name by which people and tests know a planned step. */
export function stepName(planned: PlannedStep): string {
  return planned.forEach === undefined ? planned.step.name : planned.forEach.forEach;
}
