import type { Host } from "./entities/environment.ts";
import type { Plan } from "./jobs/plan.ts";
import type { StepGate } from "./jobs/step-gate.ts";
import type { Disagreement } from "./monitoring/audit.ts";
import type { LeftDataset, Restoration } from "./monitoring/restoration.ts";
import type { TakeDownRequest } from "./monitoring/take-down.ts";
import type { ArtifactStore } from "./ports/artifact-store.ts";
import type { Catalog } from "./ports/catalog.ts";
import type { Clock } from "./ports/clock.ts";
import type { Hosts } from "./ports/hosts.ts";
import type { Ids } from "./ports/ids.ts";
import type { Mounter } from "./ports/mounter.ts";
import type { PasswordHasher } from "./ports/password-hasher.ts";
import type { PluginLogs } from "./ports/plugin-logs.ts";
import type { PluginRuntime } from "./ports/plugin-runtime.ts";
import type { Secrets } from "./ports/secrets.ts";
import type { StorageTechnology } from "./ports/storage-driver.ts";
import type { Tracer } from "./ports/tracer.ts";
import type { CoreSettings } from "./settings/core-settings.ts";
import type { PoolSetting } from "./storage/pools.ts";
import type { Engine } from "./use-cases/engine.ts";

/** Everything outside that the product stands on. */
export interface EngineParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  readonly passwords: PasswordHasher;
  readonly hosts: Hosts;
  readonly mounterFor: (host: Host) => Mounter;
  readonly storage: readonly StorageTechnology[];
  readonly runtime: PluginRuntime;
  readonly artifacts: ArtifactStore;
  readonly logs: PluginLogs;
  readonly settings: CoreSettings;
  /** The engine's own host: where storage commands and direct syncs run. */
  readonly ownHost: Host;
  /** Told of defects and of what only the log keeps. */
  readonly report: (level: "warn" | "error", message: string, error: unknown) => void;
  /** Tests hold jobs at their points. */
  readonly gate?: StepGate;
  /** Sees where the time of jobs goes. */
  readonly tracer?: Tracer;
}

export interface RunningEngine extends Engine {
  /**
   * Opens the pools and takes up the jobs that a former process left. Those that users have waiting take their turns once their
   * datasets are brought back; where that is not to come, they go on waiting for the next start.
   */
  start(pools: readonly PoolSetting[], how?: { readonly willBringBack?: boolean }): Promise<void>;
  /** Begins to bring datasets to their wanted states, and to look after them. To be called once, when the API answers. */
  bringBack(): void;
  /** How far that is. */
  readonly restoration: Pick<Restoration, "state" | "watch">;
  /** Resolves once every dataset that had to be brought back has its job. */
  readonly restored: Promise<number>;
  /** Ends in order: no new jobs, those that run get a grace, the rest stays in the journal. */
  close(graceMs: number): Promise<void>;
  /** Brings datasets that are not as wanted to their wanted states, as at a start. Resolves to the number of jobs begun. */
  restore(): Promise<number>;
  /**
   * Takes datasets off their hosts until the next start: unconfigured and unmounted, but wanted as before.
   * Resolves with those that could not be.
   */
  takeDown(request?: TakeDownRequest): Promise<readonly LeftDataset[]>;
  /** Compares the catalog with pools and mounts. Changes nothing. */
  audit(): Promise<readonly Disagreement[]>;
  /** Every workflow as numbered steps: what the engine may do, as data. */
  plans(): readonly Plan[];
}
