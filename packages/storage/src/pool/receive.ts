import { mkdir, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { StorageCaller, StorageLabels } from "@opendvp/core";
import { unframeStream } from "../stream/unframe-stream.ts";
import type { HalfReceived, PoolLayout } from "./pool-layout.ts";
import type { PoolParts } from "./pool-parts.ts";
import type { TreeTarget } from "./trees.ts";
import { withoutSignal } from "./without-signal.ts";
import { syncDirectory } from "./write-durably.ts";

interface ReceiveRequest extends StorageCaller, HalfReceived {
  readonly stream: Readable;
  readonly labels: { readonly dataset: StorageLabels; readonly snapshot: StorageLabels };
}

/**
 * Makes a dataset and its snapshot from a stream, both or neither: until the directory that the stream is unpacked
 * into is gone, listings show neither, and deleting one of them clears all.
 */
export async function receiveTrees(pool: PoolParts, request: ReceiveRequest): Promise<void> {
  const { layout, labels, trees } = pool;
  const directory = layout.receiveDirectoryOf(request);
  await mkdir(directory, { mode: 0o700 });
  try {
    await syncDirectory(layout.staging);
    const unpacked = await trees.unpack(unframeStream(trees.technology, request.stream), directory, request);
    await labels.add(request.snapshot, { kind: "SNAPSHOT", parent: request.dataset, labels: request.labels.snapshot });
    await labels.add(request.dataset, { kind: "DATASET", parent: null, labels: request.labels.dataset });
    await trees.place(unpacked, targetsOf(layout, request), request);
    await removeReceiveDirectory(pool, request, request);
  } catch (error) {
    await removeHalfReceived(pool, request, withoutSignal(request)).catch(() => undefined);
    throw error;
  }
}

/** Clears a receive that was cut off, with both of its objects; the directory that hides them goes last. */
export async function removeHalfReceived(pool: PoolParts, receive: HalfReceived, caller: StorageCaller): Promise<void> {
  const { layout, labels, trees } = pool;
  const targets = targetsOf(layout, receive);
  for (const [name, target] of [
    [receive.dataset, targets.dataset],
    [receive.snapshot, targets.snapshot],
  ] as const) {
    const label = await labels.read(name);
    // Without a label that was finished, what lies there is not ours.
    if (label !== undefined && label !== "UNREADABLE") await trees.remove(target, caller);
    await labels.remove(name);
  }
  await removeReceiveDirectory(pool, receive, caller);
}

async function removeReceiveDirectory(pool: PoolParts, receive: HalfReceived, caller: StorageCaller): Promise<void> {
  const directory = pool.layout.receiveDirectoryOf(receive);
  for (const entry of await readdir(directory)) {
    const path = join(directory, entry);
    await pool.trees.remove({ path, stagedPath: path }, caller);
  }
  await rmdir(directory);
  await syncDirectory(pool.layout.staging);
}

function targetsOf(layout: PoolLayout, receive: HalfReceived): { readonly dataset: TreeTarget; readonly snapshot: TreeTarget } {
  const { dataset, snapshot } = receive;
  return {
    dataset: { path: layout.treeOf(dataset, "DATASET"), stagedPath: layout.stagedTreeOf(dataset) },
    snapshot: { path: layout.treeOf(snapshot, "SNAPSHOT"), stagedPath: layout.stagedTreeOf(snapshot) },
  };
}
