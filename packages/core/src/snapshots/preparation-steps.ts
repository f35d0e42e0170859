import type { JsonObject, OperationArguments, OperationName, Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import { scopeOf } from "../datasets/dataset-parts.ts";
import type { ShownMount } from "../datasets/plugin-arguments.ts";
import type { Scene } from "../datasets/scenes.ts";
import { step, type Step } from "../jobs/workflow.ts";
import type { StorageLabels } from "../ports/storage-driver.ts";

/** The storage names of a prepared snapshot; none where the back end has no thin clones and the raw copy itself is prepared. */
export type PreparedNames = { readonly datasetName: string; readonly storageName: string };

/** What the preparation of a snapshot gives to its job. */
export type PreparationFacts = {
  readonly preparedNames: PreparedNames;
  /** Shown to the plugin instead of the live mounts. */
  readonly besideMounts: readonly ShownMount[];
  /** What the plugin said of the prepared snapshot; absent: as before. */
  readonly preparedData: JsonObject | null;
};

/** The snapshot that is to be prepared, and how its plugin is asked. */
export interface PreparationSubject {
  readonly scene: Scene;
  readonly snapshot: Reference<"APPDATA_SNAPSHOT">;
  readonly rawName: string;
  readonly labels: StorageLabels;
  readonly sharedPaths: readonly string[];
  readonly operation: Extract<OperationName, "linked.prepareSnapshot" | "virtual.prepareSnapshot">;
  readonly argumentsWith: (mounts: readonly ShownMount[]) => OperationArguments;
}

export interface PreparationOptions<F extends PreparationFacts> {
  readonly subjectOf: (facts: F) => Promise<PreparationSubject>;
  readonly when: (facts: F) => boolean;
}

/**
 * Clone → mount beside → the plugin's prepare_snapshot → unmount → snapshot of the clone. The live dataset goes on undisturbed.
 * Without thin clones the raw snapshot is a copy of its own, and is prepared in place: no further copy is made.
 */
export function createPreparationSteps<F extends PreparationFacts>(
  parts: DatasetParts,
  options: PreparationOptions<F>,
): readonly Step<F>[] {
  return [
    cloneBeside(options),
    mountBeside(parts, options),
    prepare(parts, options),
    unmountBeside(parts, options),
    snapshotClone(options),
  ];
}

function cloneBeside<F extends PreparationFacts>({ subjectOf, when }: PreparationOptions<F>): Step<F> {
  return step<F, PreparedNames>({
    name: "clone for the preparation",
    when,
    intend: async (facts, choose) => {
      const { snapshot } = await subjectOf(facts);
      return { datasetName: choose.storageName(snapshot), storageName: choose.storageName(snapshot) };
    },
    run: async ({ facts, own, mark, signal }) => {
      const { scene, rawName, labels } = await subjectOf(facts);
      if (scene.storage.capabilities.thinClones)
        await scene.storage.clone({ snapshot: rawName, name: own.datasetName, labels, mark, signal });
      return { facts: { preparedNames: own } as Partial<F> };
    },
    undo: async ({ facts, own, mark }) => {
      await (await subjectOf(facts)).scene.storage.deleteDataset(own.datasetName, { mark });
      return undefined;
    },
  });
}

function mountBeside<F extends PreparationFacts>(parts: DatasetParts, { subjectOf, when }: PreparationOptions<F>): Step<F> {
  return step<F, { readonly directory: string }>({
    name: "mount beside",
    when,
    intend: (_facts, choose) => ({ directory: `${parts.preparationPath}/${choose.guid()}` }),
    run: async ({ facts, own, mark }) => {
      const { scene, rawName, sharedPaths } = await subjectOf(facts);
      const { storage } = scene;
      const datasetPath = storage.capabilities.thinClones
        ? storage.pathOf(facts.preparedNames.datasetName, "DATASET")
        : storage.pathOf(rawName, "SNAPSHOT");
      const besideMounts = besidePaths(own.directory, sharedPaths);
      const connection = await parts.scenes.connect(scene.place);
      const mounter = parts.mounterFor(scene.place.host);
      for (const { mountPath, sharedPath } of besideMounts) {
        await mounter.mount(connection, { datasetPath, sharedPath, mountPath, directoriesToMake: [own.directory, mountPath], mark });
      }
      return { facts: { besideMounts } as Partial<F> };
    },
    undo: async ({ facts, own, mark }) => {
      const { scene, sharedPaths } = await subjectOf(facts);
      await takeAway(parts, scene, { mounts: besidePaths(own.directory, sharedPaths), directory: own.directory, mark });
      return undefined;
    },
  });
}

function prepare<F extends PreparationFacts>(parts: DatasetParts, { subjectOf, when }: PreparationOptions<F>): Step<F> {
  return step<F>({
    name: "prepare snapshot",
    when,
    run: async (work) => {
      const { scene, operation, argumentsWith } = await subjectOf(work.facts);
      const args = argumentsWith(work.facts.besideMounts);
      const preparedData = await parts.operations.of(scene.plugin).askForOptionalObject(operation, args, scopeOf(work));
      return { facts: { preparedData: preparedData ?? null } as Partial<F> };
    },
  });
}

function unmountBeside<F extends PreparationFacts>(parts: DatasetParts, { subjectOf, when }: PreparationOptions<F>): Step<F> {
  return step<F>({
    name: "unmount beside",
    when,
    run: async ({ facts, mark }) => {
      const { scene } = await subjectOf(facts);
      const directory = facts.besideMounts[0]?.mountPath.replace(/\/[^/]*$/, "") ?? "";
      await takeAway(parts, scene, { mounts: facts.besideMounts, directory, mark });
      return undefined;
    },
  });
}

function snapshotClone<F extends PreparationFacts>({ subjectOf, when }: PreparationOptions<F>): Step<F> {
  return step<F>({
    name: "snapshot the prepared clone",
    when,
    run: async ({ facts, mark, signal }) => {
      const { scene, labels } = await subjectOf(facts);
      const { datasetName, storageName } = facts.preparedNames;
      if (scene.storage.capabilities.thinClones)
        await scene.storage.snapshot({ dataset: datasetName, name: storageName, labels, mark, signal });
      return undefined;
    },
    undo: async ({ facts, mark }) => {
      await (await subjectOf(facts)).scene.storage.deleteSnapshot(facts.preparedNames.storageName, { mark });
      return undefined;
    },
  });
}

function besidePaths(directory: string, sharedPaths: readonly string[]): readonly ShownMount[] {
  return sharedPaths.map((sharedPath, index) => ({ mountPath: `${directory}/${index}`, sharedPath }));
}

// Nobody but the preparation has business below these paths.
async function takeAway(
  parts: DatasetParts,
  scene: Scene,
  what: { readonly mounts: readonly ShownMount[]; readonly directory: string; readonly mark: string },
): Promise<void> {
  const connection = await parts.scenes.connect(scene.place);
  const mounter = parts.mounterFor(scene.place.host);
  for (const { mountPath } of what.mounts) {
    await connection.endUsersOf(mountPath);
    await mounter.unmount(connection, { mountPath, createdDirectories: [mountPath], mark: what.mark });
  }
  if (what.directory !== "") await connection.elevated.removeDirectory(what.directory);
}
