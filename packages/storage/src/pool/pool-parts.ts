import type { LabelStore } from "../labels/label-store.ts";
import type { PoolLayout } from "./pool-layout.ts";
import type { Trees } from "./trees.ts";

/** What a pool is made of. */
export interface PoolParts {
  readonly layout: PoolLayout;
  readonly labels: LabelStore;
  readonly trees: Trees;
}
