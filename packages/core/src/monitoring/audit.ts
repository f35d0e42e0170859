import type { Reference } from "@opendvp/model";
import type { DatasetParts } from "../datasets/dataset-parts.ts";
import type { Pools } from "../storage/pools.ts";

/** Something that the catalog and the outside world tell differently. */
export interface Disagreement {
  readonly kind: "UNKNOWN_DATASET" | "MISSING_DATASET" | "STRANGER" | "MISSING_MOUNT";
  readonly what: string;
  readonly detail: string;
}

/**
 * Compares the catalog with pools and mounts. While no job runs, nothing should be found but strangers, and mounts that
 * somebody else took away. Changes nothing.
 */
export async function audit(parts: DatasetParts, pools: Pools): Promise<readonly Disagreement[]> {
  const found: Disagreement[] = [];
  const expected = await expectedStorageNames(parts);
  for (const [reference, driver] of pools.all()) {
    const stored = new Set((await driver.list()).map(({ name }) => name));
    const known = expected.get(reference) ?? new Set<string>();
    for (const name of stored) if (!known.has(name)) found.push({ kind: "UNKNOWN_DATASET", what: name, detail: `in pool ${reference}` });
    for (const name of known) if (!stored.has(name)) found.push({ kind: "MISSING_DATASET", what: name, detail: `from pool ${reference}` });
    for (const stranger of await driver.strangers()) found.push({ kind: "STRANGER", what: stranger, detail: `in pool ${reference}` });
  }
  return [...found, ...(await missingMounts(parts))];
}

async function expectedStorageNames({ catalog }: DatasetParts): Promise<ReadonlyMap<Reference<"STORAGE_POOL">, Set<string>>> {
  const { datasets, timeflows, snapshots } = catalog.objects;
  const poolOf = new Map((await datasets.list()).map(({ reference, pool }) => [reference, pool]));
  const expected = new Map<Reference<"STORAGE_POOL">, Set<string>>();
  const expect = (container: Reference<"APPDATA_CONTAINER">, name: string | null): void => {
    const pool = poolOf.get(container);
    if (pool === undefined || name === null) return;
    expected.set(pool, (expected.get(pool) ?? new Set()).add(name));
  };
  for (const { container, storageName } of await timeflows.list()) expect(container, storageName);
  for (const snapshot of await snapshots.list()) {
    for (const name of [snapshot.storageName, snapshot.preparedDatasetName, snapshot.preparedStorageName]) expect(snapshot.container, name);
  }
  return expected;
}

async function missingMounts({ catalog, scenes, mounts }: DatasetParts): Promise<readonly Disagreement[]> {
  const found: Disagreement[] = [];
  for (const dataset of await catalog.objects.datasets.list()) {
    const scene = dataset.kind === "VDB" ? await scenes.virtual(dataset.reference) : await scenes.linked(dataset.reference);
    const known = await catalog.objects.mounts.list({ where: { container: dataset.reference } });
    const present = new Set((await mounts.present(scene, known)).map(({ reference }) => reference));
    for (const mount of known)
      if (!present.has(mount.reference)) found.push({ kind: "MISSING_MOUNT", what: mount.mountPath, detail: `of ${dataset.name}` });
  }
  return found;
}
