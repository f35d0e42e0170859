import type { Definitions } from "../plugins/definitions.ts";
import type { PluginOperations } from "../plugins/operations.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { Ids } from "../ports/ids.ts";
import type { CoreSettings } from "../settings/core-settings.ts";
import type { Pools } from "../storage/pools.ts";
import type { DirectChanges } from "./direct-changes.ts";

/** What the use cases are made of. */
export interface UseCaseParts {
  readonly catalog: Catalog;
  readonly jobs: Jobs;
  readonly changes: DirectChanges;
  readonly definitions: Definitions;
  readonly operations: PluginOperations;
  readonly pools: Pools;
  readonly ids: Ids;
  readonly settings: CoreSettings;
  readonly now: () => string;
}
