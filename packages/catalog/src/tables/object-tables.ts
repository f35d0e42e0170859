import type { Collection, Entities } from "@opendvp/core";
import { actions } from "./actions.ts";
import { apiKeys } from "./api-keys.ts";
import { datasets } from "./datasets.ts";
import { environmentUsers } from "./environment-users.ts";
import { environments } from "./environments.ts";
import { faults } from "./faults.ts";
import { hosts } from "./hosts.ts";
import { mounts } from "./mounts.ts";
import { plugins } from "./plugins.ts";
import { pools } from "./pools.ts";
import { repositories } from "./repositories.ts";
import { snapshots } from "./snapshots.ts";
import { sourceConfigs } from "./source-configs.ts";
import type { Table } from "./table.ts";
import { timeflows } from "./timeflows.ts";
import { users } from "./users.ts";

/** Where the objects of each collection lie. */
export const OBJECT_TABLES: { readonly [C in Collection]: Table<Entities[C]> } = {
  environments,
  hosts,
  environmentUsers,
  repositories,
  sourceConfigs,
  plugins,
  pools,
  datasets,
  timeflows,
  snapshots,
  mounts,
  faults,
  actions,
  users,
  apiKeys,
};
