import type { DatasetParts } from "../../datasets/dataset-parts.ts";
import { createStandstill, type StandstillSteps } from "../../datasets/standstill.ts";
import type { LinkedFacts } from "../linked-facts.ts";
import { performStaged, staged } from "./staging.ts";

/** Where a pool cannot snapshot a staging copy that is being written: stop_staging → unmount → copy → mount → start_staging. */
export function createRestSteps(parts: DatasetParts): StandstillSteps<LinkedFacts> {
  return createStandstill<LinkedFacts>(parts, {
    what: "staging",
    when: (facts) => facts.mustStop && facts.isStaged,
    atWork: (facts) => staged(parts, facts),
    stop: (work) => performStaged(parts, work, "linked.stopStaging"),
    start: (work) => performStaged(parts, work, "linked.startStaging"),
  });
}
