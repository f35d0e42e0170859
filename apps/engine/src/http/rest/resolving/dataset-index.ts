import type { Dataset, Engine, Mount, SourceConfig, VirtualSource } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import { loadDatasets } from "./load-datasets.ts";
import { byReference, ifFew, type LoadedIndex, loadIndex } from "./loaded-index.ts";

const SMALL = ["plugins", "pools", "environments", "environmentUsers", "repositories", "users"] as const;

/** What dSources and VDBs are shown with. */
export interface DatasetIndex {
  readonly objects: LoadedIndex<(typeof SMALL)[number] | "sourceConfigs">;
  /** Those that are shown, and all that they were made from. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** By the container that is mounted. */
  readonly mounts: ReadonlyMap<string, readonly Mount[]>;
  /** How many VDBs were made from a dataset. */
  readonly copyCounts: ReadonlyMap<string | null, number>;
}

/** Reads what these datasets are shown with: a listing of all takes few reads, the look at one does not read all. */
export async function loadDatasetIndex(engine: Engine, shown: readonly Dataset[]): Promise<DatasetIndex> {
  const [small, datasets, sourceConfigs, mounts, copyCounts] = await Promise.all([
    loadIndex(engine, SMALL),
    withAncestors(engine, shown),
    sourceConfigsOf(engine, shown),
    mountsOf(engine, shown),
    copyCountsOf(engine, shown),
  ]);
  return { objects: { ...small, sourceConfigs }, datasets, mounts, copyCounts };
}

async function withAncestors(engine: Engine, shown: readonly Dataset[]): Promise<ReadonlyMap<string, Dataset>> {
  const known = byReference(shown);
  for (let missing = parentsNotIn(known); missing.length > 0;) {
    const found = await loadDatasets(engine, missing);
    for (const [reference, dataset] of found) known.set(reference, dataset);
    // What has just gone has no ancestors any more.
    missing = parentsNotIn(known).filter((reference) => !missing.includes(reference));
  }
  return known;
}

function parentsNotIn(known: ReadonlyMap<string, Dataset>): Reference<"APPDATA_CONTAINER">[] {
  const parents = [...known.values()].flatMap((dataset) => (dataset.kind === "VDB" && dataset.parent !== null ? [dataset.parent] : []));
  return [...new Set(parents)].filter((reference) => !known.has(reference));
}

async function sourceConfigsOf(engine: Engine, shown: readonly Dataset[]): Promise<ReadonlyMap<string, SourceConfig>> {
  const reference = ifFew(new Set(shown.flatMap((dataset) => (dataset.kind === "DSOURCE" ? [dataset.sourceConfig] : []))));
  if (reference?.length === 0) return new Map();
  return byReference(await engine.objects.sourceConfigs.list(reference === undefined ? {} : { where: { reference } }));
}

async function mountsOf(engine: Engine, shown: readonly Dataset[]): Promise<ReadonlyMap<string, readonly Mount[]>> {
  const container = ifFew(shown.map(({ reference }) => reference));
  const mounts = await engine.objects.mounts.list(container === undefined ? {} : { where: { container } });
  const byContainer = new Map<string, Mount[]>();
  for (const mount of mounts) byContainer.set(mount.container, [...(byContainer.get(mount.container) ?? []), mount]);
  return byContainer;
}

async function copyCountsOf(engine: Engine, shown: readonly Dataset[]): Promise<ReadonlyMap<string | null, number>> {
  const parent = ifFew(shown.map(({ reference }) => reference));
  return engine.objects.datasets.countBy("parent", parent === undefined ? { kind: "VDB" } : { kind: "VDB", parent });
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
