import type { LabelStore } from "../labels/label-store.ts";
import type { KeyedQueue } from "../pool/keyed-queue.ts";
import type { ZfsFeatures } from "./features.ts";
import type { ZfsLayout } from "./zfs-layout.ts";

/** What a pool in ZFS is made of. */
export interface ZfsParts {
  readonly layout: ZfsLayout;
  readonly labels: LabelStore;
  readonly features: ZfsFeatures;
  /** Datasets and snapshots that depend on each other are moved about and removed one at a time. */
  readonly structure: KeyedQueue;
}
