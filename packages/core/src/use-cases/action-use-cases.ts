import type { Refusal } from "../actions/refusals.ts";

/** The record of what was asked; what it holds is read from `objects.actions`. */
export interface ActionUseCases {
  /** Records what a front door has refused. Returns at once. */
  refused(refusal: Refusal): void;
}
