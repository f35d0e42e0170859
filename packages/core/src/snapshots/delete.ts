import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, step, workflow, type Workflow } from "../jobs/workflow.ts";
import { destroySnapshot } from "./destroy-snapshot.ts";

export type DeleteSnapshotFacts = { readonly snapshot: Reference<"APPDATA_SNAPSHOT"> };

/** Deletes a snapshot: the raw one, the prepared clone and the prepared snapshot go together. */
export function createDeleteSnapshot(parts: DatasetParts): Workflow<DeleteSnapshotFacts> {
  return workflow<DeleteSnapshotFacts>("delete-snapshot", { version: 1 }, [
    pointOfNoReturn,
    step<DeleteSnapshotFacts>({
      name: "destroy snapshot",
      run: async (work) => ({ changes: await destroySnapshot(parts, work.facts.snapshot, work) }),
    }),
  ]);
}
