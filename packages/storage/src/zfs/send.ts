import type { Readable } from "node:stream";
import type { StorageCaller } from "@opendvp/core";
import { frameStream } from "../stream/frame-stream.ts";
import { readFromProgram } from "../stream/program-streams.ts";
import type { Inventory, ZfsSnapshot } from "./inventory.ts";

/** A stream of a snapshot: the difference where ZFS can make it, else the whole, which every receiver understands as well. */
export function sendSnapshot(
  inventory: Inventory,
  { snapshot, from }: { readonly snapshot: ZfsSnapshot; readonly from: ZfsSnapshot | undefined },
  caller: StorageCaller,
): Readable {
  const base = from === undefined ? [] : differenceFrom(inventory, snapshot, from);
  return frameStream("zfs", readFromProgram("zfs", ["send", ...base, snapshot.handle], caller));
}

/** ZFS sends the difference from an earlier snapshot of the same dataset, and from the one that the dataset is a clone of. */
function differenceFrom(inventory: Inventory, snapshot: ZfsSnapshot, from: ZfsSnapshot): readonly string[] {
  const dataset = inventory.datasets.find(({ handle }) => handle === snapshot.dataset);
  if (dataset === undefined) return [];
  if (dataset.origin === from.handle) return ["-i", from.handle];
  const handles = dataset.snapshots.map(({ handle }) => handle);
  const at = handles.indexOf(from.handle);
  if (at === -1 || at >= handles.indexOf(snapshot.handle)) return [];
  return ["-i", from.handle.slice(from.handle.indexOf("@"))];
}
