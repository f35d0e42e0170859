import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { StoredObject } from "@opendvp/core";
import type { LabelStore } from "../labels/label-store.ts";
import { halfReceivedOf, isOurStagingEntry, nameOfLabelFile, type HalfReceived, type PoolLayout } from "./pool-layout.ts";

/** Receives under way or cut off; what they name is not there yet. */
export async function halfReceived(layout: PoolLayout): Promise<readonly HalfReceived[]> {
  const entries = await readdir(layout.staging);
  return entries.map(halfReceivedOf).filter((receive) => receive !== undefined);
}

/** All objects of a pool: those with both a label and a tree, and no receive under way. Five directory reads, and one small file each. */
export async function listObjects(layout: PoolLayout, labels: LabelStore): Promise<readonly StoredObject[]> {
  // Labels first: a tree made meanwhile is then merely not listed, never reported without its label.
  const { labels: known } = await labels.readAll();
  const trees = await readTrees(layout);
  const hidden = new Set((await halfReceived(layout)).flatMap((receive) => [receive.dataset, receive.snapshot]));
  const objects: StoredObject[] = [];
  for (const [name, label] of known) {
    if (trees[label.kind].has(name) && !hidden.has(name)) objects.push({ name, ...label });
  }
  return objects.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** What lies in a pool and is not of its making, as paths relative to the pool. */
export async function listStrangers(layout: PoolLayout, labels: LabelStore): Promise<readonly string[]> {
  // Trees first: a label that comes later belongs to a tree that was not seen.
  const trees = await readTrees(layout);
  const { labels: known, unreadable } = await labels.readAll();
  const ours = new Set([...layout.directories, layout.identityFile, layout.unfinishedIdentityFile, join(layout.location, "lost+found")]);
  const found = [
    ...(await readdir(layout.location)).map((entry) => join(layout.location, entry)).filter((path) => !ours.has(path)),
    ...(await readdir(layout.staging)).filter((entry) => !isOurStagingEntry(entry)).map((entry) => join(layout.staging, entry)),
    ...unreadable.filter((entry) => !isRemain(entry, trees)).map((entry) => join(layout.labels, entry)),
  ];
  for (const kind of ["DATASET", "SNAPSHOT"] as const) {
    for (const entry of trees[kind]) if (known.get(entry)?.kind !== kind) found.push(join(layout.directoryOf(kind), entry));
  }
  return found.map((path) => relative(layout.location, path)).sort();
}

type TreeNames = Readonly<Record<StoredObject["kind"], ReadonlySet<string>>>;

/** A label that a power cut left empty or cut short has no tree. */
function isRemain(entry: string, trees: TreeNames): boolean {
  const name = nameOfLabelFile(entry);
  return name !== undefined && !trees.DATASET.has(name) && !trees.SNAPSHOT.has(name);
}

async function readTrees(layout: PoolLayout): Promise<TreeNames> {
  const [datasets, snapshots] = await Promise.all([readdir(layout.datasets), readdir(layout.snapshots)]);
  return { DATASET: new Set(datasets), SNAPSHOT: new Set(snapshots) };
}
