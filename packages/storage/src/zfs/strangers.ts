import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { nameOfLabelFile } from "../pool/pool-layout.ts";
import { Inventory } from "./inventory.ts";
import type { ZfsParts } from "./zfs-parts.ts";

/** What lies in a pool and is not of its making: datasets and snapshots as ZFS names them, files as paths, both without the pool's own. */
export async function listStrangers(parts: ZfsParts): Promise<readonly string[]> {
  // Files first, then objects: a mount point or a label that comes later belongs to one that was not seen.
  const entries = { top: await readdir(parts.layout.location), datasets: await readdir(parts.layout.datasets) };
  const inventory = await Inventory.read(parts.layout);
  const { labels, unreadable } = await parts.labels.readAll();
  const damaged = unreadable.filter((entry) => {
    const name = nameOfLabelFile(entry);
    // A label that a power cut left empty or cut short has no object.
    return name === undefined || inventory.find(name) !== undefined;
  });
  const foreign = strangeObjects(parts, inventory, new Set(labels.keys()));
  const files = await strangeFiles(parts, inventory, entries);
  return [...foreign, ...files, ...damaged.map((entry) => join("labels", entry))].sort();
}

function strangeObjects({ layout }: ZfsParts, inventory: Inventory, labelled: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  for (const { handle, object, isHolder, snapshots } of inventory.datasets) {
    const isOwn = handle === layout.root || layout.containers.includes(handle);
    const isKnown = isHolder || layout.isStaged(handle) || (object !== undefined && labelled.has(object.name));
    if (!isOwn && !isKnown) found.push(handle);
    if (layout.isStaged(handle) && !isHolder) continue;
    found.push(
      ...snapshots.filter((one) => !one.isDeleted && !(one.object !== undefined && labelled.has(one.object.name))).map((one) => one.handle),
    );
  }
  return found.map((handle) => handle.slice(layout.root.length).replace(/^\//, ""));
}

async function strangeFiles(
  { layout }: ZfsParts,
  inventory: Inventory,
  entries: { readonly top: readonly string[]; readonly datasets: readonly string[] },
): Promise<readonly string[]> {
  const ours = new Set([...layout.directories, layout.identityFile, layout.unfinishedIdentityFile]);
  const handles = new Set(inventory.inside.map(({ handle }) => handle));
  // A child that is mounted in the pool's directory is a stranger by its handle already.
  const beside = entries.top.filter((entry) => !ours.has(join(layout.location, entry)) && !handles.has(`${layout.root}/${entry}`));
  const below = entries.datasets.filter((entry) => !handles.has(`${layout.root}/datasets/${entry}`));
  const areRemains = await Promise.all(below.map((entry) => isEmptyDirectory(join(layout.datasets, entry))));
  return [...beside, ...below.filter((_, index) => areRemains[index] === false).map((entry) => join("datasets", entry))];
}

/** A crash may leave the mount point of a dataset that is gone. */
async function isEmptyDirectory(path: string): Promise<boolean> {
  return (await readdir(path).catch(() => ["not a directory"])).length === 0;
}
