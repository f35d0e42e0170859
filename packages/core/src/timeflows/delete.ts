import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { forEach, pointOfNoReturn, step, workflow, type Workflow } from "../jobs/workflow.ts";
import type { Change } from "../ports/catalog.ts";

export type DeleteTimeflowFacts = { readonly timeflow: Reference<"APPDATA_TIMEFLOW"> };

/** Deletes a former timeflow with its head and its snapshots. */
export function createDeleteTimeflow(parts: DatasetParts): Workflow<DeleteTimeflowFacts> {
  return workflow<DeleteTimeflowFacts>("delete-timeflow", { version: 1 }, [
    pointOfNoReturn,
    step<DeleteTimeflowFacts>({
      name: "destroy head",
      run: async ({ facts, mark, signal }) => {
        const timeflow = await parts.scenes.timeflow(facts.timeflow);
        const dataset = await parts.scenes.dataset(timeflow.container);
        if (timeflow.storageName !== null) await parts.storageOf(dataset.pool).deleteDataset(timeflow.storageName, { mark, signal });
        const isUndoable = dataset.kind === "VDB" && dataset.formerTimeflow === facts.timeflow;
        const changes: Change[] = [{ collection: "timeflows", update: facts.timeflow, set: { storageName: null } }];
        if (isUndoable) changes.push({ collection: "datasets", update: dataset.reference, set: { formerTimeflow: null } });
        return { changes };
      },
    }),
    forEach(
      "destroy snapshots",
      async ({ timeflow }, objects) => (await objects.snapshots.list({ where: { timeflow } })).map(({ reference }) => reference),
      step<DeleteTimeflowFacts>({
        name: "destroy snapshot",
        run: async ({ key, mark, signal }) => {
          const snapshot = await parts.scenes.snapshot(key as Reference<"APPDATA_SNAPSHOT">);
          const storage = parts.storageOf((await parts.scenes.dataset(snapshot.container)).pool);
          if (snapshot.preparedStorageName !== null) await storage.deleteSnapshot(snapshot.preparedStorageName, { mark, signal });
          if (snapshot.preparedDatasetName !== null) await storage.deleteDataset(snapshot.preparedDatasetName, { mark, signal });
          await storage.deleteSnapshot(snapshot.storageName, { mark, signal });
          const started = await parts.catalog.objects.timeflows.list({ where: { parentSnapshot: snapshot.reference } });
          const changes: Change[] = [
            ...started.map(({ reference }): Change => ({ collection: "timeflows", update: reference, set: { parentSnapshot: null } })),
            { collection: "snapshots", remove: snapshot.reference },
          ];
          return { changes };
        },
      }),
    ),
    step<DeleteTimeflowFacts>({
      name: "forget",
      run: ({ facts }) => Promise.resolve({ changes: [{ collection: "timeflows", remove: facts.timeflow }] }),
    }),
  ]);
}
