import type { StorageCaller } from "@opendvp/core";
import { cleanUp } from "./clean-up.ts";
import type { Inventory, ZfsDataset, ZfsSnapshot } from "./inventory.ts";
import { unmount } from "./mounting.ts";
import { runZfs, runZfsPatiently } from "./zfs-program.ts";
import type { ZfsParts } from "./zfs-parts.ts";
import { HOLDER_PROPERTY } from "./zfs-properties.ts";

/**
 * Deletes a dataset. With snapshots, it stays as their holder: marked, unmounted, and rolled back to the latest of them,
 * so that it takes no space of its own.
 */
export async function removeDataset(
  parts: ZfsParts,
  { inventory, dataset }: { readonly inventory: Inventory; readonly dataset: ZfsDataset },
  caller: StorageCaller,
): Promise<void> {
  const hadHolders = inventory.datasets.some(({ isHolder }) => isHolder);
  if (dataset.snapshots.length === 0) await runZfsPatiently(["destroy", dataset.handle], caller);
  else await retire(dataset, caller);
  if (hadHolders || dataset.snapshots.length > 0) await cleanUp(parts, inventory, caller);
}

/** Deletes a snapshot; one with clones disappears from sight, and for good with the last of them. */
export async function removeSnapshot(
  parts: ZfsParts,
  { inventory, snapshot }: { readonly inventory: Inventory; readonly snapshot: ZfsSnapshot },
  caller: StorageCaller,
): Promise<void> {
  await runZfs(["destroy", "-d", snapshot.handle], caller);
  if (inventory.datasets.some(({ handle, isHolder }) => isHolder && handle === snapshot.dataset)) await cleanUp(parts, inventory, caller);
}

/** Finishes the deletion of a snapshot that is gone already: a crash came before its holder was rolled back or cleaned up. */
export async function finishRemoval(parts: ZfsParts, inventory: Inventory, caller: StorageCaller): Promise<void> {
  if (inventory.datasets.some(({ isHolder }) => isHolder)) await cleanUp(parts, undefined, caller);
}

/** Takes away what a receive that was cut off has left; a snapshot that it built upon stays. */
export async function discardReceived(
  parts: ZfsParts,
  { inventory, dataset }: { readonly inventory: Inventory; readonly dataset: ZfsDataset },
  caller: StorageCaller,
): Promise<void> {
  const came = inventory.cameWith(dataset);
  for (const { handle } of came) await runZfs(["destroy", "-d", handle], caller);
  const kept = dataset.snapshots.filter((snapshot) => !came.includes(snapshot));
  if (kept.length === 0) {
    await runZfsPatiently(["destroy", dataset.handle], caller);
    return;
  }
  await retire({ ...dataset, snapshots: kept }, caller);
  await cleanUp(parts, inventory, caller);
}

async function retire({ handle, snapshots }: ZfsDataset, caller: StorageCaller): Promise<void> {
  await runZfs(["set", `${HOLDER_PROPERTY}=${handle.slice(handle.lastIndexOf("/") + 1)}`, handle], caller);
  await runZfs(["set", "canmount=noauto", handle], caller);
  await unmount(handle, caller);
  const last = snapshots.at(-1);
  if (last !== undefined) await runZfsPatiently(["rollback", last.handle], caller);
}
