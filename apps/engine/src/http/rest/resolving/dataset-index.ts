import type { Dataset, Engine, VirtualSource } from "@opendvp/core";
import { type LoadedIndex, loadIndex } from "./loaded-index.ts";

const COLLECTIONS = [
  "datasets",
  "plugins",
  "pools",
  "environments",
  "environmentUsers",
  "repositories",
  "sourceConfigs",
  "mounts",
  "users",
] as const;

/** What dSources and VDBs are shown with. */
export interface DatasetIndex {
  readonly objects: LoadedIndex<(typeof COLLECTIONS)[number]>;
  /** How many VDBs were made from a dataset. */
  readonly copyCounts: ReadonlyMap<string, number>;
}

export async function loadDatasetIndex(engine: Engine): Promise<DatasetIndex> {
  const objects = await loadIndex(engine, COLLECTIONS);
  const copyCounts = new Map<string, number>();
  for (const dataset of objects.datasets.values()) {
    if (dataset.kind === "VDB" && dataset.parent !== null) copyCounts.set(dataset.parent, (copyCounts.get(dataset.parent) ?? 0) + 1);
  }
  return { objects, copyCounts };
}

/** The dSource at the root of a VDB's ancestry, if there is one. */
export function rootOf(vdb: VirtualSource, datasets: ReadonlyMap<string, Dataset>): string | null {
  const seen = new Set<string>();
  let parent = vdb.parent;
  while (parent !== null && !seen.has(parent)) {
    seen.add(parent);
    const dataset = datasets.get(parent);
    if (dataset?.kind !== "VDB") return dataset?.reference ?? null;
    parent = dataset.parent;
  }
  return null;
}
