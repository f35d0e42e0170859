import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { pointOfNoReturn, step, workflow, type Workflow } from "../jobs/workflow.ts";
import type { Change } from "../ports/catalog.ts";

export type DeleteSnapshotFacts = { readonly snapshot: Reference<"APPDATA_SNAPSHOT"> };

/** Deletes a snapshot: the raw one, the prepared clone and the prepared snapshot go together. */
export function createDeleteSnapshot(parts: DatasetParts): Workflow<DeleteSnapshotFacts> {
  return workflow<DeleteSnapshotFacts>("delete-snapshot", { version: 1 }, [
    pointOfNoReturn,
    step<DeleteSnapshotFacts>({
      name: "destroy snapshot",
      run: async ({ facts, mark, signal }) => {
        const snapshot = await parts.scenes.snapshot(facts.snapshot);
        const storage = parts.storageOf((await parts.scenes.dataset(snapshot.container)).pool);
        if (snapshot.preparedStorageName !== null) await storage.deleteSnapshot(snapshot.preparedStorageName, { mark, signal });
        if (snapshot.preparedDatasetName !== null) await storage.deleteDataset(snapshot.preparedDatasetName, { mark, signal });
        await storage.deleteSnapshot(snapshot.storageName, { mark, signal });
        const started = await parts.catalog.objects.timeflows.list({ where: { parentSnapshot: facts.snapshot } });
        const changes: Change[] = [
          ...started.map(({ reference }): Change => ({ collection: "timeflows", update: reference, set: { parentSnapshot: null } })),
          { collection: "snapshots", remove: facts.snapshot },
        ];
        return { changes };
      },
    }),
  ]);
}
