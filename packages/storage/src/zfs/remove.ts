import type { StorageCaller } from "@opendvp/core";
import { Inventory, type ZfsDataset, type ZfsSnapshot } from "./inventory.ts";
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
  if (hadHolders || dataset.snapshots.length > 0) await cleanUp(parts, caller);
}

/** Deletes a snapshot; one with clones disappears from sight, and for good with the last of them. */
export async function removeSnapshot(
  parts: ZfsParts,
  { inventory, snapshot }: { readonly inventory: Inventory; readonly snapshot: ZfsSnapshot },
  caller: StorageCaller,
): Promise<void> {
  await runZfs(["destroy", "-d", snapshot.handle], caller);
  const holder = inventory.datasets.find(({ handle, isHolder }) => isHolder && handle === snapshot.dataset);
  if (holder === undefined) return;
  const [last, previous] = [...holder.snapshots].reverse();
  // The holder still has the content of its latest snapshot; now that is the one before.
  if (last?.handle === snapshot.handle && previous !== undefined && inventory.cloneOf(last.handle) === undefined)
    await runZfsPatiently(["rollback", previous.handle], caller);
  await cleanUp(parts, caller);
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
  await cleanUp(parts, caller);
}

async function retire({ handle, snapshots }: ZfsDataset, caller: StorageCaller): Promise<void> {
  await runZfs(["set", `${HOLDER_PROPERTY}=${handle.slice(handle.lastIndexOf("/") + 1)}`, handle], caller);
  await runZfs(["set", "canmount=noauto", handle], caller);
  await unmount(handle, caller);
  const last = snapshots.at(-1);
  if (last !== undefined) await runZfsPatiently(["rollback", last.handle], caller);
}

/** Removes holders that nobody needs any more. What cannot be done now is tried with the next deletion. */
async function cleanUp(parts: ZfsParts, caller: StorageCaller): Promise<void> {
  try {
    for (;;) {
      const command = nextCleanUp(await Inventory.read(parts.layout));
      if (command === undefined) return;
      await runZfsPatiently(command, caller);
    }
  } catch {
    // What was asked for is done; a stranger's snapshot of the same name may stand against a promotion.
  }
}

/**
 * The next command that brings holders nearer to their end: one without snapshots is destroyed; one whose latest
 * snapshot has a clone hands all of its snapshots to that. Others are needed.
 */
export function nextCleanUp(inventory: Inventory): readonly string[] | undefined {
  for (const { handle, isHolder, snapshots } of inventory.datasets) {
    if (!isHolder) continue;
    const last = snapshots.at(-1);
    if (last === undefined) return ["destroy", handle];
    const clone = inventory.cloneOf(last.handle);
    if (clone !== undefined) return ["promote", clone.handle];
  }
  return undefined;
}
