import type { JsonObject, Reference } from "@opendvp/model";
import type { Refusal } from "../actions/refusals.ts";
import type { Collection, Entities } from "../entities/entities.ts";
import type { Hook, Dataset, HookPoint, Hooks, LinkedSource, VirtualSource, WantedState } from "../entities/dataset.ts";
import type { Job, JobEvent } from "../entities/job.ts";
import type { Pool } from "../entities/pool.ts";
import type { Role, User } from "../entities/user.ts";
import type { CatalogReads, JobJournal } from "../ports/catalog.ts";
import type { RestorationState } from "../monitoring/restoration.ts";
import type { PluginLogFile } from "../ports/plugin-logs.ts";
import type { PluginRuntime } from "../ports/plugin-runtime.ts";
import type { StorageCapabilities, StorageUsage } from "../ports/storage-driver.ts";
import type { JobTrace } from "../ports/tracer.ts";

/** Who asks; roles are checked once, in the engine's front door. */
export interface Requester {
  readonly name: string;
  readonly role: Role;
  /** Absent for the engine itself. */
  readonly reference?: Reference<"USER">;
}

/** What every mutation says beside its own input. */
export interface Ask {
  readonly by: Requester;
  /** Queue behind the job that holds an object instead of being refused with `CONFLICT`. */
  readonly isQueued?: boolean;
  /** Only jobs that run are in its way, none that wait: for the engine itself, which brings datasets back, or takes them down, before anybody works on them. */
  readonly isAheadOfQueue?: boolean;
}

/** A mutation that goes on as a job. */
export interface Started {
  readonly job: Reference<"JOB">;
  readonly action: Reference<"ACTION">;
  /** The object that the job is about; for creations, the one to be. */
  readonly target: Reference;
}

/** A VDB that keeps something from being deleted. */
export interface Dependent {
  readonly reference: Reference<"APPDATA_CONTAINER">;
  readonly name: string;
  /** In words: `is a copy of monday and keeps a former copy of sunday (APPDATA_TIMEFLOW-2)`. */
  readonly relation: string;
  /** Those of its former timeflows that are in the way; they can be deleted by themselves. */
  readonly formerTimeflows: readonly Reference<"APPDATA_TIMEFLOW">[];
  /** Whether more than those is. */
  readonly isCurrent: boolean;
}

/** What a snapshot, or a dataset, is deleted with, and what holds it back. */
export interface DeletionPlan {
  /** What depends on it; with any, the deletion is refused with `IN_USE`. */
  readonly dependents: readonly Dependent[];
  readonly freedBytes: number;
  /** False: at least so many. */
  readonly isExact: boolean;
}

/** Where a copy starts: a snapshot, or the last one of a dataset, or the last one at or before a moment (ISO 8601). */
export type PointInHistory =
  { readonly snapshot: Reference<"APPDATA_SNAPSHOT"> } | { readonly dataset: Reference<"APPDATA_CONTAINER">; readonly at?: string };

export interface EnvironmentUseCases {
  /** Creates the environment with its first user and discovers it. Only `localhost` can be reached by now. */
  create(
    input: {
      readonly name: string;
      readonly address: string;
      readonly user: string;
      readonly description?: string;
      readonly scratchPath?: string;
    },
    ask: Ask,
  ): Promise<Started>;
  update(
    reference: Reference<"UNIX_HOST_ENVIRONMENT">,
    set: { readonly name?: string; readonly description?: string },
    ask: Ask,
  ): Promise<void>;
  /** Discovers again. */
  refresh(reference: Reference<"UNIX_HOST_ENVIRONMENT">, ask: Ask): Promise<Started>;
  /** Refused with `IN_USE` while datasets use it. */
  delete(reference: Reference<"UNIX_HOST_ENVIRONMENT">, ask: Ask): Promise<Started>;
  addUser(reference: Reference<"UNIX_HOST_ENVIRONMENT">, input: { readonly name: string }, ask: Ask): Promise<Reference<"HOST_USER">>;
  setPrimaryUser(reference: Reference<"UNIX_HOST_ENVIRONMENT">, user: Reference<"HOST_USER">, ask: Ask): Promise<void>;
  removeUser(user: Reference<"HOST_USER">, ask: Ask): Promise<void>;
}

export interface SourceConfigUseCases {
  /** Adds one by hand, for plugins that allow it. `data` is a SourceConfigDefinition. */
  add(repository: Reference<"APPDATA_REPOSITORY">, data: JsonObject, ask: Ask): Promise<Reference<"APPDATA_SOURCE_CONFIG">>;
  update(reference: Reference<"APPDATA_SOURCE_CONFIG">, data: JsonObject, ask: Ask): Promise<void>;
  delete(reference: Reference<"APPDATA_SOURCE_CONFIG">, ask: Ask): Promise<void>;
}

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

export interface HookUseCases {
  /** Replaces the hooks of one point; an empty list removes them. */
  set(
    dataset: Reference<"APPDATA_CONTAINER">,
    input: { readonly point: HookPoint; readonly hooks: readonly Hook[] },
    ask: Ask,
  ): Promise<void>;
}

export interface SnapshotUseCases {
  /** What deleting it would free, and what holds it back. Changes nothing. */
  plan(reference: Reference<"APPDATA_SNAPSHOT">): Promise<DeletionPlan>;
  /** @throws EngineError `IN_USE` with the plan in its details */
  delete(reference: Reference<"APPDATA_SNAPSHOT">, ask: Ask): Promise<Started>;
}

export interface TimeflowUseCases {
  /** What deleting it would free, and what holds it back. Changes nothing. @throws EngineError `STATE_UNSUITABLE` for the current timeflow */
  plan(reference: Reference<"APPDATA_TIMEFLOW">): Promise<DeletionPlan>;
  /** A former timeflow with its snapshots; never the current one. */
  delete(reference: Reference<"APPDATA_TIMEFLOW">, ask: Ask): Promise<Started>;
}

export interface PluginUseCases {
  /** Checks an artifact (the bytes of its JSON) and installs it. A lower build number than the installed one is refused; the same is allowed. */
  upload(
    artifact: Uint8Array,
    ask: Ask,
  ): Promise<{ readonly action: Reference<"ACTION">; readonly plugin: Reference<"APPDATA_TOOLKIT">; readonly warnings: readonly string[] }>;
  /** Refused with `IN_USE` while datasets use it. */
  delete(reference: Reference<"APPDATA_TOOLKIT">, ask: Ask): Promise<void>;
  /** Its log files, by name. */
  logs(reference: Reference<"APPDATA_TOOLKIT">): Promise<readonly PluginLogFile[]>;
  /** What is running, and which guards this machine cannot give. */
  processes(): ReturnType<PluginRuntime["status"]>;
}

export interface JobUseCases {
  /**
   * Before the point of no return everything is undone. Within an attempt after it, such as the first sync of a link, that
   * alone is undone, and the job ends as done with a warning. Otherwise `CANCEL_TOO_LATE`.
   */
  cancel(reference: Reference<"JOB">, ask: Ask): Promise<void>;
  /** Where its time went; undefined where that is not kept, see Tracer. */
  trace(reference: Reference<"JOB">): JobTrace | undefined;
  /** Resolves when the job has ended. */
  ended(reference: Reference<"JOB">, signal?: AbortSignal): Promise<Job>;
  /** Calls back on each event and on each change of a job's state or progress, from now on. Returns how to stop. */
  watch(listener: (change: { readonly job: Job; readonly event?: JobEvent }) => void): () => void;
}

/** The record of what was asked; what it holds is read from `objects.actions`. */
export interface ActionUseCases {
  /** Records what a front door has refused. Returns at once. */
  refused(refusal: Refusal): void;
}

export interface FaultUseCases {
  /** Marks it resolved after trying again what its job left unfinished. */
  resolve(reference: Reference<"FAULT">, ask: Ask): Promise<void>;
}

export interface PoolUseCases {
  describe(
    reference: Reference<"STORAGE_POOL">,
  ): Promise<Pool & { readonly usage: StorageUsage; readonly capabilities: StorageCapabilities }>;
}

export interface UserUseCases {
  /** Makes the admin with a password of its own on the first start ever; returns that password once, else undefined. */
  createFirstAdmin(): Promise<string | undefined>;
  create(input: { readonly name: string; readonly password: string; readonly role: Role }, ask: Ask): Promise<Reference<"USER">>;
  setPassword(reference: Reference<"USER">, password: string, ask: Ask): Promise<void>;
  /** VDBs of theirs stay, without an owner. Refused with `CONFLICT` while a VDB is being made for them. */
  delete(reference: Reference<"USER">, ask: Ask): Promise<void>;
  /** A key that stands for a login, for 12 hours. Wrong ones are throttled: `LOGIN_FAILED`, `TOO_MANY_ATTEMPTS`. */
  login(name: string, password: string): Promise<{ readonly user: User; readonly key: string; readonly expiresAt: string }>;
  /** A lasting key; shown once. */
  createApiKey(
    input: { readonly user: Reference<"USER">; readonly name: string },
    ask: Ask,
  ): Promise<{ readonly reference: Reference<"API_KEY">; readonly key: string }>;
  removeApiKey(reference: Reference<"API_KEY">, ask: Ask): Promise<void>;
  /** @throws EngineError `NOT_LOGGED_IN` */
  authenticate(key: string): Promise<User>;
}

/** Collections whose objects people call by name. */
export type NamedCollection =
  | "environments"
  | "environmentUsers"
  | "repositories"
  | "sourceConfigs"
  | "plugins"
  | "pools"
  | "datasets"
  | "timeflows"
  | "snapshots"
  | "users"
  | "apiKeys";

/** The product, as its front doors see it. */
export interface Engine {
  readonly objects: CatalogReads;
  readonly journal: JobJournal;
  readonly environments: EnvironmentUseCases;
  readonly sourceConfigs: SourceConfigUseCases;
  readonly linkedSources: LinkedSourceUseCases;
  readonly virtualSources: VirtualSourceUseCases;
  readonly hooks: HookUseCases;
  readonly snapshots: SnapshotUseCases;
  readonly timeflows: TimeflowUseCases;
  readonly plugins: PluginUseCases;
  readonly jobs: JobUseCases;
  readonly faults: FaultUseCases;
  readonly pools: PoolUseCases;
  readonly users: UserUseCases;
  readonly actions: ActionUseCases;
  /** How far the engine is with bringing datasets back after its start. */
  restoring(): RestorationState;
  /**
   * The object that a name or a reference means.
   * @throws EngineError `NOT_FOUND` with the nearest names in its details, `AMBIGUOUS` with the references
   */
  resolve<C extends Exclude<NamedCollection, "datasets"> & Collection>(collection: C, nameOrReference: string): Promise<Entities[C]>;
  resolveDataset(nameOrReference: string): Promise<Dataset>;
  resolveLinkedSource(nameOrReference: string): Promise<LinkedSource>;
  resolveVirtualSource(nameOrReference: string): Promise<VirtualSource>;
  /** An object as it may be shown: secrets taken out of its plugin-defined values. */
  redacted(data: JsonObject): JsonObject;
}
