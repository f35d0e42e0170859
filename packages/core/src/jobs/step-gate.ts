import type { Reference } from "@opendvp/model";

/** A point of a job: just before a step's work, or after it and before its commit. */
export interface StepPoint {
  readonly job: Reference<"JOB">;
  readonly workflow: string;
  /** The name of the object that the job is about. */
  readonly targetName: string;
  readonly step: string;
  readonly key: string;
  readonly direction: "RUN" | "UNDO";
  readonly moment: "BEFORE" | "AFTER";
}

/** Passed at each point of each job. Tests hold a job there, or throw to make the step fail; the product lets everything pass. */
export type StepGate = (point: StepPoint) => Promise<void>;

export const openGate: StepGate = () => Promise.resolve();
