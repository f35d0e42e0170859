import type { JsonObject, Reference } from "@opendvp/model";
import type { Hooks, WantedState } from "../entities/dataset.ts";
import type { Ask, Started } from "./asking.ts";
import type { DeletionPlan } from "./deletion-plan.ts";
import type { PointInHistory } from "./point-in-history.ts";

/** What a VDB is made with, from a snapshot or empty. */
export interface VirtualSourceInput {
  readonly name: string;
  readonly description?: string;
  readonly repository: Reference<"APPDATA_REPOSITORY">;
  /** Absent = the primary user of the repository's environment. */
  readonly environmentUser?: Reference<"HOST_USER">;
  readonly parameters: JsonObject;
  /** Hooks from the start on; `configure-clone` already runs in the provision itself. */
  readonly hooks?: Hooks;
  /** Refuses a pool that would make a full copy. */
  readonly requireThin?: boolean;
}

export interface VirtualSourceUseCases {
  /** The VDB belongs to the one who asks; the same for one made empty. */
  provision(input: VirtualSourceInput & { readonly from: PointInHistory }, ask: Ask): Promise<Started>;
  createEmpty(input: VirtualSourceInput & { readonly pool?: Reference<"STORAGE_POOL"> }, ask: Ask): Promise<Started>;
  update(
    reference: Reference<"APPDATA_CONTAINER">,
    set: {
      readonly name?: string;
      readonly description?: string;
      readonly parameters?: JsonObject;
      /** Whom it is handed over to; null leaves it to operators and administrators. */
      readonly owner?: Reference<"USER"> | null;
    },
    ask: Ask,
  ): Promise<void>;
  snapshot(
    reference: Reference<"APPDATA_CONTAINER">,
    input: { readonly name?: string; readonly allowStop?: boolean },
    ask: Ask,
  ): Promise<Started>;
  start(reference: Reference<"APPDATA_CONTAINER">, ask: Ask): Promise<Started>;
  stop(reference: Reference<"APPDATA_CONTAINER">, input: { readonly force?: boolean }, ask: Ask): Promise<Started>;
  /** With `onlyWhile` refused as `CONFLICT` where the dataset is wanted to be something else by then. */
  enable(reference: Reference<"APPDATA_CONTAINER">, ask: Ask, onlyWhile?: WantedState): Promise<Started>;
  disable(reference: Reference<"APPDATA_CONTAINER">, input: { readonly force?: boolean }, ask: Ask): Promise<Started>;
  /** To a newer snapshot of its parent; absent = the latest. */
  refresh(reference: Reference<"APPDATA_CONTAINER">, input: { readonly to?: PointInHistory }, ask: Ask): Promise<Started>;
  /** Rewinds to one of its own snapshots. */
  rollback(reference: Reference<"APPDATA_CONTAINER">, input: { readonly to: PointInHistory }, ask: Ask): Promise<Started>;
  /** Undoes the last refresh or rollback; can itself be undone. */
  undo(reference: Reference<"APPDATA_CONTAINER">, ask: Ask): Promise<Started>;
  /** What deleting it would free, and what holds it back. Changes nothing. */
  plan(reference: Reference<"APPDATA_CONTAINER">): Promise<DeletionPlan>;
  delete(reference: Reference<"APPDATA_CONTAINER">, input: { readonly force?: boolean }, ask: Ask): Promise<Started>;
}
