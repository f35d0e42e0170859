import type { JsonObject } from "@opendvp/model";
import type { Dataset, LinkedSource, VirtualSource } from "../entities/dataset.ts";
import type { Collection, Entities } from "../entities/entities.ts";
import type { RestorationState } from "../monitoring/restoration.ts";
import type { CatalogReads, JobJournal, Where } from "../ports/catalog.ts";
import type { ActionUseCases } from "./action-use-cases.ts";
import type { EnvironmentUseCases } from "./environment-use-cases.ts";
import type { FaultUseCases } from "./fault-use-cases.ts";
import type { HookUseCases } from "./hook-use-cases.ts";
import type { JobUseCases } from "./job-use-cases.ts";
import type { LinkedSourceUseCases } from "./linked-source-use-cases.ts";
import type { PluginUseCases } from "./plugin-use-cases.ts";
import type { PoolUseCases } from "./pool-use-cases.ts";
import type { SnapshotUseCases } from "./snapshot-use-cases.ts";
import type { SourceConfigUseCases } from "./source-config-use-cases.ts";
import type { TimeflowUseCases } from "./timeflow-use-cases.ts";
import type { UserUseCases } from "./user-use-cases.ts";
import type { VirtualSourceUseCases } from "./virtual-source-use-cases.ts";

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
   * The object that a name or a reference means; a name means one `among` those where there is one.
   * @throws EngineError `NOT_FOUND` with the nearest names, among those where they are given, `AMBIGUOUS` with the references
   */
  resolve<C extends Exclude<NamedCollection, "datasets"> & Collection>(
    collection: C,
    nameOrReference: string,
    among?: Where<Entities[C]>,
  ): Promise<Entities[C]>;
  resolveDataset(nameOrReference: string): Promise<Dataset>;
  resolveLinkedSource(nameOrReference: string): Promise<LinkedSource>;
  resolveVirtualSource(nameOrReference: string): Promise<VirtualSource>;
  /** An object as it may be shown: secrets taken out of its plugin-defined values. */
  redacted(data: JsonObject): JsonObject;
}
