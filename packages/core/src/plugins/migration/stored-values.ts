import type { Reference } from "@opendvp/model";
import type { Dataset } from "../../entities/dataset.ts";
import type { KnownPlugin, PluginRelease } from "../../entities/plugin.ts";
import type { Repository, SourceConfig } from "../../entities/repository.ts";
import type { Snapshot } from "../../entities/snapshot.ts";
import type { Timeflow } from "../../entities/timeflow.ts";
import type { CatalogReads } from "../../ports/catalog.ts";
import { repositoryNaming, sourceConfigNaming } from "../naming.ts";
import { repositoryLeft, sourceConfigLeft } from "./left-to-discovery.ts";
import type { StoredValue } from "./stored-value.ts";

/** The objects of one plugin version. */
export interface ObjectsOfPlugin {
  readonly plugin: KnownPlugin;
  readonly repositories: readonly Repository[];
  readonly sourceConfigs: readonly SourceConfig[];
  readonly datasets: readonly Dataset[];
  readonly timeflows: readonly Timeflow[];
  readonly snapshots: readonly Snapshot[];
}

const AT_ONCE = 500;

export async function objectsOfPlugin(objects: CatalogReads, plugin: KnownPlugin): Promise<ObjectsOfPlugin> {
  const repositories = await objects.repositories.list({ where: { plugin: plugin.reference } });
  const datasets = await objects.datasets.list({ where: { plugin: plugin.reference } });
  const containers = datasets.map(({ reference }) => reference);
  return {
    plugin,
    repositories,
    datasets,
    sourceConfigs: await inParts(
      repositories.map(({ reference }) => reference),
      (some) => objects.sourceConfigs.list({ where: { repository: some } }),
    ),
    timeflows: await inParts(containers, (some) => objects.timeflows.list({ where: { container: some } })),
    snapshots: await inParts(containers, (some) => objects.snapshots.list({ where: { container: some } })),
  };
}

// A database takes so many values in one question, and no more.
async function inParts<R extends Reference, T>(
  references: readonly R[],
  list: (some: readonly R[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let at = 0; at < references.length; at += AT_ONCE) all.push(...(await list(references.slice(at, at + AT_ONCE))));
  return all;
}

/** Every value of theirs that a schema describes, by kind, and how the next release keeps it. */
export function storedValues(of: ObjectsOfPlugin, next: PluginRelease): readonly StoredValue[] {
  const { plugin } = of;
  return [
    ...of.repositories.map((row): StoredValue => ({
      ...about("repository", row, `Repository ${row.name}`),
      plugin,
      data: row.data,
      store: (data) => ({ collection: "repositories", update: row.reference, set: { data, ...repositoryNaming(next, data) } }),
      ...repositoryLeft(row, next),
    })),
    ...of.sourceConfigs.map((row): StoredValue => ({
      ...about("sourceConfig", row, `Source config ${row.name}`),
      plugin,
      data: row.data,
      store: (data) => ({ collection: "sourceConfigs", update: row.reference, set: { data, ...sourceConfigNaming(next, data) } }),
      ...sourceConfigLeft(row, next),
    })),
    ...of.timeflows.flatMap((row) => sourceConfigOf(plugin, row)),
    ...of.datasets.filter(({ kind }) => kind === "DSOURCE").map((row) => parametersOf("linkedSource", plugin, row)),
    ...of.datasets.filter(({ kind }) => kind === "VDB").map((row) => parametersOf("virtualSource", plugin, row)),
    ...of.snapshots.flatMap((row): readonly StoredValue[] =>
      row.data === null
        ? []
        : [
            {
              ...about("snapshot", row, `Snapshot ${row.name}`),
              plugin,
              data: row.data,
              store: (data) => ({ collection: "snapshots", update: row.reference, set: { data } }),
            },
          ],
    ),
    ...of.timeflows.flatMap((row) => parentSnapshotOf(plugin, row)),
  ];
}

function parametersOf(kind: "linkedSource" | "virtualSource", plugin: KnownPlugin, row: Dataset): StoredValue {
  return {
    ...about(kind, row, `The parameters of ${row.name}`),
    plugin,
    data: row.parameters,
    store: (parameters) => ({ collection: "datasets", update: row.reference, set: { parameters } }),
  };
}

function sourceConfigOf(plugin: KnownPlugin, row: Timeflow): readonly StoredValue[] {
  if (row.sourceConfig === null) return [];
  return [
    {
      ...about("sourceConfig", row, `The source config of timeflow ${row.name}`),
      plugin,
      data: row.sourceConfig,
      store: (sourceConfig) => ({ collection: "timeflows", update: row.reference, set: { sourceConfig } }),
    },
  ];
}

function parentSnapshotOf(plugin: KnownPlugin, row: Timeflow): readonly StoredValue[] {
  if (row.parentSnapshotData === null) return [];
  return [
    {
      ...about("snapshot", row, `The snapshot that timeflow ${row.name} started from`),
      plugin,
      data: row.parentSnapshotData,
      store: (parentSnapshotData) => ({ collection: "timeflows", update: row.reference, set: { parentSnapshotData } }),
    },
  ];
}

function about<K extends StoredValue["kind"]>(
  kind: K,
  { reference, name }: { readonly reference: Reference; readonly name: string },
  what: string,
): { readonly kind: K; readonly object: Reference; readonly objectName: string; readonly what: string } {
  return { kind, object: reference, objectName: name, what: `${what} (${reference})` };
}
