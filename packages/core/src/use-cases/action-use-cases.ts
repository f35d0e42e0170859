import type { Reference } from "@opendvp/model";
import type { Refusal } from "../actions/refusals.ts";
import type { Action } from "../entities/job.ts";
import type { Ask } from "./asking.ts";

/** Titles and targets name objects, never what was sent. */
export type Done = Pick<Action, "title" | "operation" | "target">;

/** The record of what was asked; what it holds is read from `objects.actions`. */
export interface ActionUseCases {
  /** Records what a front door has refused. Returns at once. */
  refused(refusal: Refusal): void;
  /** Records what a front door has done by itself, which changed no object: handed out a file, say. Returns when it is written. */
  record(done: Done, ask: Ask): Promise<Reference<"ACTION">>;
}
