import type { Pool } from "@opendvp/contract";
import type { RestorationState } from "@opendvp/core";
import type { EngineErrorShape } from "@opendvp/model";

/** A dataset that is not where it should be, for whoever started the engine. */
export interface ToldDataset extends EngineErrorShape {
  readonly name: string;
}

/** What the engine says on standard output: one line of JSON each. */
export type EngineEvent =
  | { readonly event: "first-start"; readonly user: string; readonly password: string }
  | { readonly event: "ready"; readonly address: string; readonly dataDirectory: string; readonly pools: readonly Pool[] }
  | ({ readonly event: "restoring" } & Progress)
  | ({ readonly event: "restored"; readonly failed: readonly ToldDataset[] } & Progress)
  | ({ readonly event: "taking-down" } & Progress)
  | {
      readonly event: "taken-down";
      readonly left: readonly ToldDataset[];
      /** Null: what was mounted for the pool is no longer. */
      readonly poolProblem: EngineErrorShape | null;
    }
  | ({ readonly event: "failed" } & EngineErrorShape);

export type Progress = Pick<RestorationState, "total" | "remaining">;
