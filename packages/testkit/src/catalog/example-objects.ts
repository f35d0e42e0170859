import type { Change } from "@opendvp/core";
import { dSource, dSourceSnapshot, dSourceTimeflow, mount, vdb, vdbTimeflow } from "./example-datasets.ts";
import { environment, environmentUser, host, plugin, pool, repository, sourceConfig } from "./example-environment.ts";
import { action, apiKey, fault, job, user } from "./example-records.ts";

/** A small world in which every reference leads somewhere: one object of each collection, a dSource and its copy. */
export const EXAMPLES = {
  pool,
  host,
  environment,
  environmentUser,
  plugin,
  repository,
  sourceConfig,
  dSource,
  vdb,
  dSourceTimeflow,
  vdbTimeflow,
  dSourceSnapshot,
  mount,
  fault,
  action,
  user,
  apiKey,
  job,
} as const;

/** What makes that world in an empty catalog (the job apart). */
export const EXAMPLE_CHANGES: readonly Change[] = [
  { collection: "environments", insert: environment },
  { collection: "hosts", insert: host },
  { collection: "environmentUsers", insert: environmentUser },
  { collection: "repositories", insert: repository },
  { collection: "sourceConfigs", insert: sourceConfig },
  { collection: "plugins", insert: plugin },
  { collection: "pools", insert: pool },
  { collection: "datasets", insert: dSource },
  { collection: "datasets", insert: vdb },
  { collection: "timeflows", insert: dSourceTimeflow },
  { collection: "timeflows", insert: vdbTimeflow },
  { collection: "snapshots", insert: dSourceSnapshot },
  { collection: "mounts", insert: mount },
  { collection: "faults", insert: fault },
  { collection: "actions", insert: action },
  { collection: "users", insert: user },
  { collection: "apiKeys", insert: apiKey },
];
