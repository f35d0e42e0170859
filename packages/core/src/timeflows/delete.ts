import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { forEach, pointOfNoReturn, step, workflow, type Workflow } from "../jobs/workflow.ts";
import type { Change } from "../ports/catalog.ts";
import { destroySnapshot } from "../snapshots/destroy-snapshot.ts";

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
        run: async (work) => ({ changes: await destroySnapshot(parts, work.key as Reference<"APPDATA_SNAPSHOT">, work) }),
      }),
    ),
    step<DeleteTimeflowFacts>({
      name: "forget",
      run: ({ facts }) => Promise.resolve({ changes: [{ collection: "timeflows", remove: facts.timeflow }] }),
    }),
  ]);
}
