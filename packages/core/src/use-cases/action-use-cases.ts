import type { Reference } from "@opendvp/model";
import type { Refusal } from "../actions/refusals.ts";
import type { Action } from "../entities/job.ts";
import type { Ask, Started } from "./asking.ts";

/** Titles and targets name objects, never what was sent. */
export type Done = Pick<Action, "title" | "operation" | "target">;

/** One of several that are asked for together. */
export interface Member extends Done {
  readonly start: (ask: Ask) => Promise<Started>;
}

export interface Together {
  readonly action: Reference<"ACTION">;
  /** Why some could not be asked for, in the order of the members. What is no EngineError is a defect, which the log has. */
  readonly errors: readonly Error[];
}

/** The record of what was asked; what it holds is read from `objects.actions`. */
export interface ActionUseCases {
  /** Records what a front door has refused. Returns at once. */
  refused(refusal: Refusal): void;
  /** Records what a front door has done by itself, which changed no object: handed out a file, say. Returns when it is written. */
  record(done: Done, ask: Ask): Promise<Reference<"ACTION">>;
  /**
   * Asks for each of the members, whatever becomes of the others, by an action that is the parent of theirs. It goes on until the last
   * of them has ended, and has failed where one has, could not be asked for, or the engine ended before all were asked for.
   */
  together(done: Done, members: readonly Member[], ask: Ask): Promise<Together>;
}
