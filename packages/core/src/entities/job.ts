import type { EngineErrorShape, ErrorCode, JsonObject, Reference } from "@opendvp/model";

/** WAITING: queued for its locks. RUNNING: forward or undoing. The last three are final. */
export type JobState = "WAITING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED";

/** Which way a running job goes. */
export type JobDirection = "FORWARD" | "UNDO";

export interface Job {
  readonly reference: Reference<"JOB">;
  readonly action: Reference<"ACTION">;
  readonly workflow: string;
  readonly workflowVersion: number;
  /** What people read: `Provision vdb1 from payroll`. */
  readonly title: string;
  /** The object that the job is about; for creations, the one to be. */
  readonly target: Reference | null;
  readonly targetName: string;
  readonly state: JobState;
  readonly direction: JobDirection;
  /** The workflow's input; secrets sealed. */
  readonly input: JsonObject;
  /** What was asked, sealed, while a job waits: its turn may come after a restart, and it is made from this again then. Null otherwise. */
  readonly request: string | null;
  readonly isCancelRequested: boolean;
  /** True while an ended job has left something to be finished: retried at each start and by `fault resolve`. */
  readonly isUnfinished: boolean;
  /** What an unfinished job held when it ended, and takes again, all at once, before it is finished. Empty otherwise. */
  readonly locksToFinish: readonly LockRequest[];
  readonly percentComplete: number;
  /** The step under way, or being undone, with its key: `configure`, `destroy DATASET vdb.1f`. Null while the job waits and once it has ended. */
  readonly step: string | null;
  readonly error: EngineErrorShape | null;
  readonly warningCount: number;
  /** The engine process that runs it, or has it waiting, see EngineProcess. Null once it has ended. */
  readonly owner: string | null;
  readonly queuedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** INTENDED: about to run or cut off. UNDOING likewise backwards. A step whose condition did not hold has no line. */
export type StepState = "INTENDED" | "DONE" | "UNDOING" | "UNDONE";

/** One line of a job's journal: a step, or one key of a forEach step. */
export interface JobStep {
  readonly job: Reference<"JOB">;
  /** Position among the steps of the workflow. */
  readonly position: number;
  /** The key of a forEach sub-step; empty for an ordinary step. */
  readonly key: string;
  /** Order in which lines of one position were begun. */
  readonly ordinal: number;
  readonly name: string;
  readonly state: StepState;
  /** Names chosen before the step ran. */
  readonly intent: JsonObject;
  /** What it gave; null until it is done. */
  readonly result: JsonObject | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export type EventLevel = "INFO" | "WARNING" | "ERROR";

/** A line of a job's story, for people. */
export interface JobEvent {
  readonly job: Reference<"JOB">;
  /** Counts from 1 within the job. */
  readonly serial: number;
  readonly level: EventLevel;
  readonly code: string;
  readonly message: string;
  readonly action: string;
  readonly at: string;
}

/** What a user asked for; every mutation has one, with or without a job, and so has what was refused. */
export interface Action {
  readonly reference: Reference<"ACTION">;
  readonly title: string;
  /** e.g. `vdb.refresh` */
  readonly operation: string;
  readonly target: Reference | null;
  /** What they were called then; the engine: `engine`, strangers: `nobody`. */
  readonly user: string;
  /** The user who asked, who may be gone; null for the engine, for strangers, and where only the name was kept. */
  readonly asker: Reference<"USER"> | null;
  /** What asked for it, where it is one of several that were asked for at once. */
  readonly parent: Reference<"ACTION"> | null;
  /** REFUSED: whoever asked may not do that. */
  readonly state: "RUNNING" | "WAITING" | "COMPLETED" | "FAILED" | "CANCELED" | "REFUSED";
  /** Why it failed or was refused. */
  readonly errorCode: ErrorCode | null;
  /** How often at least it was tried; refused and failed attempts are counted together. */
  readonly times: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** EXCLUSIVE: the object is being changed. SHARED: it is being read and must not go away. */
export type LockMode = "EXCLUSIVE" | "SHARED";

/** What a job holds while it runs. */
export interface LockRequest {
  /** A reference, or a key such as `NAME:dataset:payroll`. */
  readonly object: string;
  readonly mode: LockMode;
}

export interface Lock extends LockRequest {
  readonly job: Reference<"JOB">;
  /** False while the job waits for it. */
  readonly isHeld: boolean;
}

/** An engine process and the lease under which it runs jobs. */
export interface EngineProcess {
  readonly id: string;
  readonly startedAt: string;
  readonly leaseUntil: string;
}
