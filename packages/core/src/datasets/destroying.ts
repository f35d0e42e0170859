import type { Reference } from "@opendvp/model";
import type { CatalogReads, Change } from "../ports/catalog.ts";
import { forEach, step, type ForEachStep, type Step } from "../jobs/workflow.ts";
import type { DatasetParts } from "./dataset-parts.ts";

export interface DestroyingSteps<F extends { readonly dataset: Reference<"APPDATA_CONTAINER"> }> {
  /** From here on the deletion only goes forward. */
  readonly recordDeleting: Step<F>;
  /** Deletes every storage dataset and snapshot that the dataset has. */
  readonly destroy: ForEachStep<F>;
  /** Removes it from the catalog. */
  readonly forget: Step<F>;
}

/** The end of a dataset, past the point of no return. */
export function createDestroyingSteps<F extends { readonly dataset: Reference<"APPDATA_CONTAINER"> }>(
  parts: DatasetParts,
): DestroyingSteps<F> {
  return {
    recordDeleting: step<F>({
      name: "record deleting",
      run: ({ facts }) =>
        Promise.resolve({ changes: [{ collection: "datasets", update: facts.dataset, set: { stage: "DELETING", status: "INACTIVE" } }] }),
    }),
    destroy: forEach(
      "destroy",
      ({ dataset }, objects) => storageKeys(objects, dataset),
      step<F>({
        name: "destroy one",
        run: async ({ facts, key, mark, signal }) => {
          const storage = parts.storageOf((await parts.scenes.dataset(facts.dataset)).pool);
          const [kind, name] = splitKey(key);
          await (kind === "DATASET" ? storage.deleteDataset(name, { mark, signal }) : storage.deleteSnapshot(name, { mark, signal }));
          return undefined;
        },
      }),
    ),
    forget: step<F>({
      name: "forget",
      run: async ({ facts }) => ({ changes: await forgetting(parts.catalog.objects, facts.dataset) }),
    }),
  };
}

/** `DATASET <name>` and `SNAPSHOT <name>` of all that a dataset keeps in its pool; heads first. */
async function storageKeys(objects: CatalogReads, container: Reference<"APPDATA_CONTAINER">): Promise<readonly string[]> {
  const timeflows = await objects.timeflows.list({ where: { container } });
  const snapshots = await objects.snapshots.list({ where: { container } });
  return [
    ...timeflows.flatMap(({ storageName }) => (storageName === null ? [] : [`DATASET ${storageName}`])),
    ...snapshots.flatMap(({ preparedStorageName, preparedDatasetName, storageName }) => [
      ...(preparedStorageName === null ? [] : [`SNAPSHOT ${preparedStorageName}`]),
      ...(preparedDatasetName === null ? [] : [`DATASET ${preparedDatasetName}`]),
      `SNAPSHOT ${storageName}`,
    ]),
  ];
}

function splitKey(key: string): readonly [string, string] {
  const at = key.indexOf(" ");
  return [key.slice(0, at), key.slice(at + 1)];
}

async function forgetting(objects: CatalogReads, container: Reference<"APPDATA_CONTAINER">): Promise<readonly Change[]> {
  const [mounts, snapshots, timeflows, faults] = await Promise.all([
    objects.mounts.list({ where: { container } }),
    objects.snapshots.list({ where: { container } }),
    objects.timeflows.list({ where: { container } }),
    objects.faults.list({ where: { target: container } }),
  ]);
  return [
    ...mounts.map(({ reference }): Change => ({ collection: "mounts", remove: reference })),
    ...faults.map(({ reference }): Change => ({ collection: "faults", remove: reference })),
    ...timeflows.map(({ reference }): Change => ({ collection: "timeflows", update: reference, set: { parentSnapshot: null } })),
    ...snapshots.map(({ reference }): Change => ({ collection: "snapshots", remove: reference })),
    { collection: "datasets", update: container, set: { currentTimeflow: null } },
    ...timeflows.map(({ reference }): Change => ({ collection: "timeflows", remove: reference })),
    { collection: "datasets", remove: container },
  ];
}
