import type { JsonObject, PluginType, Reference } from "@opendvp/model";

/** What the user last asked a dataset to be; faults compare with it, a restart restores it. */
export type WantedState = "RUNNING" | "STOPPED" | "DISABLED";

/** What the dataset was last seen to be. */
export type ObservedStatus = "ACTIVE" | "INACTIVE" | "UNKNOWN";

/** CREATING until the job that makes it has passed its point of no return; DELETING once its deletion cannot be undone. */
export type DatasetStage = "CREATING" | "READY" | "DELETING";

/** A hook: a user's own command, run on the dataset's host at a point of a workflow. */
export interface Hook {
  readonly name: string;
  readonly command: string;
}

export const HOOK_POINTS = [
  "pre-sync",
  "post-sync",
  "configure-clone",
  "pre-snapshot",
  "post-snapshot",
  "pre-refresh",
  "post-refresh",
  "pre-rollback",
  "post-rollback",
  "pre-start",
  "post-start",
  "pre-stop",
  "post-stop",
] as const;
export type HookPoint = (typeof HOOK_POINTS)[number];

const LINKED_POINTS: readonly HookPoint[] = ["pre-sync", "post-sync"];

/** The points that the workflows of each kind of dataset come by. */
export const HOOK_POINTS_OF: Readonly<Record<"DSOURCE" | "VDB", readonly HookPoint[]>> = {
  DSOURCE: LINKED_POINTS,
  VDB: HOOK_POINTS.filter((point) => !LINKED_POINTS.includes(point)),
};

export type Hooks = Readonly<Partial<Record<HookPoint, readonly Hook[]>>>;

interface DatasetBase {
  /** The container: a dSource's or VDB's history on the engine, and its id everywhere. */
  readonly reference: Reference<"APPDATA_CONTAINER">;
  /** Kept by replication; plugins see it. */
  readonly guid: string;
  /** Unique among dSources and VDBs together. */
  readonly name: string;
  readonly description: string;
  readonly plugin: Reference<"APPDATA_TOOLKIT">;
  readonly pool: Reference<"STORAGE_POOL">;
  readonly repository: Reference<"APPDATA_REPOSITORY">;
  /** Where its commands run: the source's environment (direct), the staging one (staged), the target (VDB). */
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly environmentUser: Reference<"HOST_USER">;
  readonly currentTimeflow: Reference<"APPDATA_TIMEFLOW"> | null;
  /** A linkedSourceDefinition or virtualSourceDefinition value; passwords sealed. */
  readonly parameters: JsonObject;
  readonly hooks: Hooks;
  readonly stage: DatasetStage;
  readonly wantedState: WantedState;
  readonly status: ObservedStatus;
  readonly statusAt: string | null;
  /** As the plugin's source_size last said; null before. */
  readonly sourceSizeBytes: number | null;
  /** Space on the pool, measured in the background after changes; null before the first measurement. */
  readonly usage: { readonly exclusiveBytes: number; readonly referencedBytes: number; readonly measuredAt: string } | null;
  readonly createdAt: string;
}

/** A linked source (dSource). */
export interface LinkedSource extends DatasetBase {
  readonly kind: "DSOURCE";
  readonly source: Reference<"APPDATA_LINKED_SOURCE">;
  readonly pluginType: PluginType;
  readonly sourceConfig: Reference<"APPDATA_SOURCE_CONFIG">;
  /** Staged only: the user on the source's own environment (`environment` is then the staging one). */
  readonly sourceEnvironmentUser: Reference<"HOST_USER"> | null;
  /** True until one sync has succeeded: the next sync is a resync. */
  readonly isResyncNeeded: boolean;
  readonly syncedAt: string | null;
}

/** A virtual source (VDB). */
export interface VirtualSource extends DatasetBase {
  readonly kind: "VDB";
  readonly source: Reference<"APPDATA_VIRTUAL_SOURCE">;
  /** The dataset that it was provisioned from; null for one made empty. */
  readonly parent: Reference<"APPDATA_CONTAINER"> | null;
  /** Who made it, or whom it was handed over to. Null: nobody, or somebody who is no user any more. */
  readonly owner: Reference<"USER"> | null;
  /** The timeflow that undo switches back to; null when there is nothing to undo. */
  readonly formerTimeflow: Reference<"APPDATA_TIMEFLOW"> | null;
  readonly refreshedAt: string | null;
}

export type Dataset = LinkedSource | VirtualSource;
