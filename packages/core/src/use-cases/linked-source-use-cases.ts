import type { JsonObject, Reference } from "@opendvp/model";
import type { Hooks, WantedState } from "../entities/dataset.ts";
import type { Ask, Started } from "./asking.ts";
import type { DeletionPlan } from "./deletion-plan.ts";

export interface LinkedSourceUseCases {
  link(
    input: {
      readonly name: string;
      readonly description?: string;
      readonly sourceConfig: Reference<"APPDATA_SOURCE_CONFIG">;
      /** On the source's environment; absent = its primary user. */
      readonly environmentUser?: Reference<"HOST_USER">;
      /** Staged plugins: where the staging copy lives; absent = the source's environment. */
      readonly stagingEnvironment?: Reference<"UNIX_HOST_ENVIRONMENT">;
      readonly stagingUser?: Reference<"HOST_USER">;
      readonly parameters: JsonObject;
      readonly syncParameters?: JsonObject;
      readonly pool?: Reference<"STORAGE_POOL">;
      /** Hooks from the start on; those of a sync already run in the first one. */
      readonly hooks?: Hooks;
      /** Refuses a pool that would make full copies. */
      readonly requireThin?: boolean;
    },
    ask: Ask,
  ): Promise<Started>;
  /** `resync` starts the copy over. `syncParameters` is a SnapshotParametersDefinition. `allowStop` where the pool cannot snapshot a running staging copy. */
  sync(
    reference: Reference<"APPDATA_CONTAINER">,
    input: { readonly resync?: boolean; readonly syncParameters?: JsonObject; readonly allowStop?: boolean },
    ask: Ask,
  ): Promise<Started>;
  update(
    reference: Reference<"APPDATA_CONTAINER">,
    set: { readonly name?: string; readonly description?: string; readonly parameters?: JsonObject },
    ask: Ask,
  ): Promise<void>;
  /** With `onlyWhile` refused as `CONFLICT` where the dataset is wanted to be something else by then. */
  enable(reference: Reference<"APPDATA_CONTAINER">, ask: Ask, onlyWhile?: WantedState): Promise<Started>;
  disable(reference: Reference<"APPDATA_CONTAINER">, input: { readonly force?: boolean }, ask: Ask): Promise<Started>;
  /** What deleting it would free, and what holds it back. Changes nothing. */
  plan(reference: Reference<"APPDATA_CONTAINER">): Promise<DeletionPlan>;
  delete(reference: Reference<"APPDATA_CONTAINER">, input: { readonly force?: boolean }, ask: Ask): Promise<Started>;
}
