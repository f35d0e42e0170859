import type { Reference } from "@opendvp/model";
import type { Role } from "../entities/user.ts";

/** Who asks; roles are checked once, in the engine's front door. */
export interface Requester {
  readonly name: string;
  readonly role: Role;
  /** Absent for the engine itself. */
  readonly reference?: Reference<"USER">;
}

/** What every mutation says beside its own input. */
export interface Ask {
  readonly by: Requester;
  /** What is asked for together with it: an action that was recorded before. */
  readonly parent?: Reference<"ACTION">;
  /** Queue behind the job that holds an object instead of being refused with `CONFLICT`. */
  readonly isQueued?: boolean;
  /** Only jobs that run are in its way, none that wait: for the engine itself, which brings datasets back, or takes them down, before anybody works on them. */
  readonly isAheadOfQueue?: boolean;
}

/** A mutation that goes on as a job. */
export interface Started {
  readonly job: Reference<"JOB">;
  readonly action: Reference<"ACTION">;
  /** The object that the job is about; for creations, the one to be. */
  readonly target: Reference;
}
