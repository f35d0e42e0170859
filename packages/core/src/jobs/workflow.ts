import type { JsonObject, Kind, Reference } from "@opendvp/model";
import type { EventLevel, Job } from "../entities/job.ts";
import type { CatalogReads, Change } from "../ports/catalog.ts";
import type { FaultText } from "../faults/faults-of.ts";

/** What a job knows: its input, and all that its finished steps gave. Plain JSON, kept in the journal. */
export type Facts = object;

/** Chooses names inside the transaction that commits them. */
export interface Choose {
  readonly objects: CatalogReads;
  readonly reference: <K extends Kind>(kind: K) => Promise<Reference<K>>;
  readonly guid: () => string;
  /** A storage name that was never used and never will be: the reference and a random text. */
  readonly storageName: (reference: Reference) => string;
}

/** A line of the job's story, for people. */
export interface Remark {
  readonly level: EventLevel;
  readonly code: string;
  readonly message: string;
  readonly action?: string;
}

/** What a step works with, in either direction. */
export interface StepWork<F extends Facts, Own = unknown> {
  readonly job: Job;
  readonly facts: F;
  /** The names that `intend` chose for this step (or this key of it). */
  readonly own: Own;
  /** The key of a forEach sub-step; empty otherwise. */
  readonly key: string;
  /** Goes into the environment of every process that the step starts; a step and its undo have different ones. */
  readonly mark: string;
  /** Aborted by a cancel, before the point of no return and within an attempt, and when the engine stops. */
  readonly signal: AbortSignal;
  /** Adds to the job's story, at once: also when the step fails afterwards, or is cut off. */
  readonly remark: (remark: Remark) => void;
  /** Says how far the step is, 0 to 100. Cheap, and not kept: may be called as often as it changes. */
  readonly progress: (percent: number) => void;
}

/** What is committed with a step or an undo. */
export interface UndoOutcome {
  readonly changes?: readonly Change[];
  /** Further changes, made within the transaction: where they need new references. */
  readonly changesWith?: (choose: Choose) => Promise<readonly Change[]>;
  /** Faults of the job's target that stand from now on. */
  readonly faults?: readonly FaultText[];
  /** Codes of faults of the job's target that are mended now. */
  readonly mends?: readonly string[];
}

export interface StepOutcome<F extends Facts> extends UndoOutcome {
  /** Joins the job's facts. */
  readonly facts?: Partial<F>;
}

/**
 * One line of a workflow.
 *
 * `run` works on the outside world; what it returns is committed in one transaction together with the next step's
 * intent. `undo` may find the step not begun, half done or done, may be repeated, and knows nothing but the journal.
 */
export interface Step<F extends Facts, Own = unknown> {
  readonly name: string;
  /** Where it does not hold, the step is skipped and leaves no line in the journal. Sees facts only. */
  readonly when?: (facts: F) => boolean;
  /** Chooses the names of all that `run` will create. No I/O beyond reads of the catalog. */
  readonly intend?: (facts: F, choose: Choose, key: string) => Own | Promise<Own>;
  readonly run: (work: StepWork<F, Own>) => Promise<StepOutcome<F> | undefined>;
  readonly undo?: (work: StepWork<F, Own>) => Promise<UndoOutcome | undefined>;
  /** How much of a job's progress it is, beside the other steps, which count 1: more for one that moves data. */
  readonly weight?: number;
  /** `warn`: a failure becomes a warning of the job, which goes on. */
  readonly onFailure?: "warn";
  /** What the finished step has left running lives on when the step is undone: it brought back what had run before the job. */
  readonly bringsBack?: true;
}

/** One sub-step per key; the keys are journaled before the first runs. */
export interface ForEachStep<F extends Facts> {
  readonly forEach: string;
  readonly keys: (facts: F, objects: CatalogReads) => readonly string[] | Promise<readonly string[]>;
  readonly step: Step<F>;
}

/**
 * Steps after the point of no return that are undone together when they fail, or when the job is cancelled meanwhile: their
 * end is a point of no return of their own. The job then ends as done with a warning.
 */
export interface Attempt<F extends Facts> {
  readonly attempt: string;
  readonly steps: readonly WorkflowItem<F>[];
  /** The fault that stands until somebody succeeds: a code for the dataset. */
  readonly faultCode: string;
}

export const pointOfNoReturn = { pointOfNoReturn: true } as const;
export type PointOfNoReturn = typeof pointOfNoReturn;

export type WorkflowItem<F extends Facts> = Step<F> | ForEachStep<F> | Attempt<F> | PointOfNoReturn;

/** Where a fault of the job goes, and what is done when it ends. */
export interface WorkflowOptions<F extends Facts> {
  /** Grows when the steps change, so that no engine runs a journal that it does not understand. */
  readonly version: number;
  /** When the job turns back, what its finished steps have left running lives on. What a step under way has started is ended all the same. */
  readonly callsNothingBack?: true;
  /** It deletes its target, also one that another job has left half done: what that had still to do ends with it. */
  readonly forgetsTarget?: true;
  /** Committed with the end of a job that was undone: the state as it was found again. A failure here is ignored. */
  readonly whenUndone?: (work: { readonly job: Job; readonly facts: F; readonly mark: string }) => Promise<UndoOutcome>;
  /** Follow the end of a job that is done, each on its own: e.g. the jobs that prepare the snapshots just taken. */
  readonly next?: (facts: F) => readonly FollowUp[];
}

/** A job that the end of another one creates, in the same transaction. */
export interface FollowUp {
  readonly workflow: string;
  readonly input: JsonObject;
}

/** A fixed list of named steps. */
export interface Workflow<F extends Facts = Facts> extends WorkflowOptions<F> {
  readonly name: string;
  readonly items: readonly WorkflowItem<F>[];
}

export function workflow<F extends Facts>(name: string, options: WorkflowOptions<F>, items: readonly WorkflowItem<F>[]): Workflow<F> {
  return { name, ...options, items };
}

/** Gives a step's intent its type. */
export function step<F extends Facts, Own = unknown>(definition: Step<F, Own>): Step<F> {
  // The runner hands back exactly what `intend` chose, so the intent's type is the step's own affair.
  return definition as unknown as Step<F>;
}

export function forEach<F extends Facts>(name: string, keys: ForEachStep<F>["keys"], each: Step<F>): ForEachStep<F> {
  return { forEach: name, keys, step: each };
}

export function attempt<F extends Facts>(name: string, faultCode: string, steps: readonly WorkflowItem<F>[]): Attempt<F> {
  return { attempt: name, faultCode, steps };
}
