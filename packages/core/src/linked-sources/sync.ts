import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { workflow, type Workflow } from "../jobs/workflow.ts";
import type { LinkedFacts } from "./linked-facts.ts";
import { createSyncItems, SYNC_FAILED } from "./steps/syncing.ts";

/** Brings a dSource up to date, and keeps the result as a snapshot. A failed one leaves the staging data for the next. */
export function createSync(parts: DatasetParts): Workflow<LinkedFacts> {
  const whenUndone: NonNullable<Workflow<LinkedFacts>["whenUndone"]> = ({ job }) =>
    Promise.resolve({
      faults: [
        {
          code: SYNC_FAILED,
          message: `The last sync of ${job.targetName} did not succeed: ${job.error?.message ?? "it was cancelled"}`,
          action: `Mend the cause and sync again. ${job.error?.action ?? ""}`.trim(),
        },
      ],
    });
  return workflow<LinkedFacts>("sync", { version: 2, whenUndone }, createSyncItems(parts));
}
