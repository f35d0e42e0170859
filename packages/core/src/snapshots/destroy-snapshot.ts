import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import type { StepWork } from "../jobs/workflow.ts";
import type { Change } from "../ports/catalog.ts";

/** Destroys the raw snapshot, the prepared clone and the prepared snapshot: they go together. Returns the changes that say so. */
export async function destroySnapshot(
  parts: DatasetParts,
  reference: Reference<"APPDATA_SNAPSHOT">,
  { mark, signal }: Pick<StepWork<object>, "mark" | "signal">,
): Promise<readonly Change[]> {
  const snapshot = await parts.scenes.snapshot(reference);
  const storage = parts.storageOf((await parts.scenes.dataset(snapshot.container)).pool);
  if (snapshot.preparedStorageName !== null) await storage.deleteSnapshot(snapshot.preparedStorageName, { mark, signal });
  if (snapshot.preparedDatasetName !== null) await storage.deleteDataset(snapshot.preparedDatasetName, { mark, signal });
  await storage.deleteSnapshot(snapshot.storageName, { mark, signal });
  const started = await parts.catalog.objects.timeflows.list({ where: { parentSnapshot: reference } });
  return [
    ...started.map((timeflow): Change => ({ collection: "timeflows", update: timeflow.reference, set: { parentSnapshot: null } })),
    { collection: "snapshots", remove: reference },
  ];
}
