import type { Reference } from "@opendvp/model";
import type { Hook, HookPoint } from "../entities/dataset.ts";
import type { Ask } from "./asking.ts";

export interface HookUseCases {
  /** Replaces the hooks of one point; an empty list removes them. */
  set(
    dataset: Reference<"APPDATA_CONTAINER">,
    input: { readonly point: HookPoint; readonly hooks: readonly Hook[] },
    ask: Ask,
  ): Promise<void>;
}
