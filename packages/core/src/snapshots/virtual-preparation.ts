import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { virtualArguments } from "../datasets/plugin-arguments.ts";
import { preparationLabels } from "../datasets/storage-labels.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import { step, type Step } from "../jobs/workflow.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { PreparationFacts, PreparationSubject } from "./preparation-steps.ts";

/** The fault of a VDB with a snapshot that could not be prepared. */
export const PREPARATION_FAILED = "PREPARATION_FAILED";

/** A VDB's snapshot, as its preparation sees it. */
export async function virtualSubject(parts: DatasetParts, reference: Reference<"APPDATA_SNAPSHOT">): Promise<PreparationSubject> {
  const snapshot = await parts.scenes.snapshot(reference);
  const [scene, timeflow] = await Promise.all([parts.scenes.virtual(snapshot.container), parts.scenes.timeflow(snapshot.timeflow)]);
  const rest = { sourceConfig: timeflow.sourceConfig ?? {}, snapshot: snapshot.data ?? {} };
  return {
    scene,
    snapshot: reference,
    rawName: snapshot.storageName,
    labels: preparationLabels(scene.dataset, scene.plugin, snapshot),
    sharedPaths: await sharedPathsOf(parts.catalog.objects, snapshot),
    operation: "virtual.prepareSnapshot",
    argumentsWith: (beside) => virtualArguments(scene, beside, rest),
  };
}

/** What a preparation mounts: the parts that were mounted when the snapshot was taken, whatever is mounted now. Else the whole. */
export async function sharedPathsOf(objects: CatalogReads, snapshot: Snapshot): Promise<readonly string[]> {
  if (snapshot.sharedPaths !== null) return snapshot.sharedPaths;
  const mounts = await objects.mounts.list({ where: { container: snapshot.container } });
  return mounts.length === 0 ? [""] : mounts.map(({ sharedPath }) => sharedPath);
}

/** The catalog gets the prepared snapshot: copies are made from it from here on. */
export function createRecordPrepared<F extends PreparationFacts>(
  parts: DatasetParts,
  options: { readonly snapshotOf: (facts: F) => Reference<"APPDATA_SNAPSHOT">; readonly when: (facts: F) => boolean },
): Step<F> {
  return step<F>({
    name: "record prepared",
    when: options.when,
    run: async ({ facts }) => {
      const snapshot = await parts.scenes.snapshot(options.snapshotOf(facts));
      const { storage } = await parts.scenes.virtual(snapshot.container);
      const names = facts.preparedNames;
      const isThin = storage.capabilities.thinClones;
      const set = {
        preparation: "DONE" as const,
        preparedDatasetName: isThin ? names.datasetName : null,
        preparedStorageName: isThin ? names.storageName : null,
        data: facts.preparedData ?? snapshot.data,
      };
      return { changes: [{ collection: "snapshots", update: snapshot.reference, set }], mends: [PREPARATION_FAILED] };
    },
    undo: ({ facts }) => {
      const set = { preparation: "FAILED" as const, preparedDatasetName: null, preparedStorageName: null };
      return Promise.resolve({ changes: [{ collection: "snapshots", update: options.snapshotOf(facts), set }] });
    },
  });
}
