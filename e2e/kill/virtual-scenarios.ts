import { CREATION_SCENARIOS } from "./creation-scenarios.ts";
import { DELETION_SCENARIOS } from "./deletion-scenarios.ts";
import { RUNNING_SCENARIOS } from "./running-scenarios.ts";
import { SNAPSHOT_SCENARIOS } from "./snapshot-scenarios.ts";
import { SWITCHING_SCENARIOS } from "./switching-scenarios.ts";
import type { Scenario } from "./scenario.ts";

/** What can be asked of VDBs, by subject. */
export const VIRTUAL_SCENARIOS: readonly Scenario[] = [
  ...CREATION_SCENARIOS,
  ...SNAPSHOT_SCENARIOS,
  ...SWITCHING_SCENARIOS,
  ...RUNNING_SCENARIOS,
  ...DELETION_SCENARIOS,
];
