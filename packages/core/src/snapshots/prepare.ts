import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, workflow, type Workflow } from "../jobs/workflow.ts";
import { createPreparationSteps, type PreparationFacts } from "./preparation-steps.ts";
import { createRecordPrepared, PREPARATION_FAILED, virtualSubject } from "./virtual-preparation.ts";

export type PrepareFacts = PreparationFacts & { readonly snapshot: Reference<"APPDATA_SNAPSHOT"> };

const always = (): boolean => true;

/** Prepares a snapshot of a VDB for copies and rewinds, once, however many there will be. */
export function createPrepare(parts: DatasetParts): Workflow<PrepareFacts> {
  return workflow<PrepareFacts>("prepare-snapshot", { version: 1, whenUndone: recordFailed(parts) }, [
    ...createPreparationSteps<PrepareFacts>(parts, { when: always, subjectOf: (facts) => virtualSubject(parts, facts.snapshot) }),
    pointOfNoReturn,
    createRecordPrepared<PrepareFacts>(parts, { when: always, snapshotOf: (facts) => facts.snapshot }),
  ]);
}

function recordFailed(parts: DatasetParts): NonNullable<Workflow<PrepareFacts>["whenUndone"]> {
  return async ({ job, facts }) => {
    const snapshot = await parts.scenes.snapshot(facts.snapshot);
    const message = `Snapshot ${snapshot.name} could not be prepared for copies: ${job.error?.message ?? "the preparation was cancelled"}`;
    return {
      changes: [{ collection: "snapshots", update: facts.snapshot, set: { preparation: "FAILED" } }],
      faults: [
        {
          code: PREPARATION_FAILED,
          message,
          action: `Mend the cause; the next copy or rewind prepares it again. ${job.error?.action ?? ""}`.trim(),
        },
      ],
    };
  };
}
