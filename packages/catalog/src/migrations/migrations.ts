import type { Migration } from "kysely";
import { hostsAndPlugins } from "./0001-hosts-and-plugins.ts";
import { datasets } from "./0002-datasets.ts";
import { jobs } from "./0003-jobs.ts";
import { usersAndFaults } from "./0004-users-and-faults.ts";
import { owners } from "./0005-owners.ts";
import { stepUnderWay } from "./0006-step-under-way.ts";
import { locksToFinish } from "./0007-locks-to-finish.ts";
import { requestsOfWaitingJobs } from "./0008-requests-of-waiting-jobs.ts";
import { sharedPaths } from "./0009-shared-paths.ts";
import { refusedActions } from "./0010-refused-actions.ts";
import { askers } from "./0011-askers.ts";
import { pluginUpgrades } from "./0012-plugin-upgrades.ts";
import { parentActions } from "./0013-parent-actions.ts";
import { knownMigrations } from "./0014-known-migrations.ts";

/** All migrations, by name. One that has been released is never changed and never removed: a new one follows it. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-hosts-and-plugins": hostsAndPlugins,
  "0002-datasets": datasets,
  "0003-jobs": jobs,
  "0004-users-and-faults": usersAndFaults,
  "0005-owners": owners,
  "0006-step-under-way": stepUnderWay,
  "0007-locks-to-finish": locksToFinish,
  "0008-requests-of-waiting-jobs": requestsOfWaitingJobs,
  "0009-shared-paths": sharedPaths,
  "0010-refused-actions": refusedActions,
  "0011-askers": askers,
  "0012-plugin-upgrades": pluginUpgrades,
  "0013-parent-actions": parentActions,
  "0014-known-migrations": knownMigrations,
};
