import type { Readable } from "node:stream";
import type { DatasetUsage, StorageCaller, StorageCapabilities } from "@opendvp/core";

/** Where a tree is to appear, and where it may be built before. */
export interface TreeTarget {
  readonly path: string;
  readonly stagedPath: string;
}

/**
 * What differs between the back ends whose pool is a directory: how one tree of files is made, copied, measured,
 * streamed and removed. `DirectoryPoolDriver` adds names, labels, listings and clean-up.
 *
 * Each call is durable when it has returned. One that fails or is cut off leaves things only at `stagedPath`,
 * or a whole tree at `path`; `remove` of both clears either. Errors are those of StorageDriver.
 */
export interface Trees {
  readonly technology: string;
  readonly capabilities: StorageCapabilities;
  /** Writes a new file beside the trees: no tree that is made after it is on disk before it. */
  readonly writeAhead: (path: string, text: string) => Promise<void>;
  /** Makes an empty directory, mode 0755. */
  create(target: TreeTarget, caller: StorageCaller): Promise<void>;
  copy(source: string, target: TreeTarget & { readonly isReadOnly: boolean }, caller: StorageCaller): Promise<void>;
  /** Removes a tree with all that is in it. One that is not there is fine. */
  remove(target: TreeTarget, caller: StorageCaller): Promise<void>;
  /** Finishes what the back end does in the background with removed trees, so that their space can be used. */
  reclaim(pool: string, caller: StorageCaller): Promise<void>;
  usageOf(path: string): Promise<DatasetUsage>;
  /** Bytes that removing all of these together frees. */
  freedBytes(paths: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }>;
  /** The stream ends with an error where the program that makes it fails. */
  send(tree: string, from: string | undefined, caller: StorageCaller): Readable;
  /** Unpacks a stream into an empty directory and returns the path of the tree in it, not yet durable. */
  unpack(stream: Readable, directory: string, caller: StorageCaller): Promise<string>;
  /** Makes the snapshot and the dataset of an unpacked tree; what is left of that may be removed afterwards. */
  place(unpacked: string, targets: { readonly snapshot: TreeTarget; readonly dataset: TreeTarget }, caller: StorageCaller): Promise<void>;
}
