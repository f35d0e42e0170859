import type { Dataset } from "./dataset.ts";
import type { Environment, EnvironmentUser, Host } from "./environment.ts";
import type { Fault } from "./fault.ts";
import type { Action } from "./job.ts";
import type { Mount } from "./mount.ts";
import type { Plugin } from "./plugin.ts";
import type { Pool } from "./pool.ts";
import type { Repository, SourceConfig } from "./repository.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Timeflow } from "./timeflow.ts";
import type { ApiKey, User } from "./user.ts";

/** The objects of the catalog, by collection. Jobs and their journal are apart: see JobJournal. */
export interface Entities {
  environments: Environment;
  hosts: Host;
  environmentUsers: EnvironmentUser;
  repositories: Repository;
  sourceConfigs: SourceConfig;
  plugins: Plugin;
  pools: Pool;
  datasets: Dataset;
  timeflows: Timeflow;
  snapshots: Snapshot;
  mounts: Mount;
  faults: Fault;
  actions: Action;
  users: User;
  apiKeys: ApiKey;
}

export type Collection = keyof Entities;
