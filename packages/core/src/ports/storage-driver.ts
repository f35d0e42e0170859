import type { Readable } from "node:stream";
import type { JsonObject } from "@opendvp/model";

export interface StorageCapabilities {
  /** Clones and snapshots share blocks with what they were made from. Where false, each is a full copy, and is reported so. */
  readonly thinClones: boolean;
  /** A snapshot is the state at one moment, also while somebody writes. */
  readonly atomicSnapshots: boolean;
  readonly recordSize: boolean;
  readonly compression: boolean;
  readonly quota: boolean;
  readonly send: boolean;
  readonly acls: boolean;
  readonly xattrs: boolean;
}

/** What the pool itself remembers of a dataset or snapshot, outside users' data. Never holds a secret. */
export type StorageLabels = JsonObject;

/** Who asks: the mark is put on every process that the driver starts, so that a repeated or undone step can end it. */
export interface StorageCaller {
  readonly mark?: string;
  readonly signal?: AbortSignal;
}

export interface StoredObject {
  readonly name: string;
  readonly kind: "DATASET" | "SNAPSHOT";
  /** A snapshot's dataset, a clone's snapshot, null for a dataset made empty. */
  readonly parent: string | null;
  readonly labels: StorageLabels;
}

export interface StorageUsage {
  readonly sizeBytes: number;
  readonly usedBytes: number;
  readonly freeBytes: number;
}

export interface DatasetUsage {
  /** Bytes that only this one holds: what deleting it alone would free. */
  readonly exclusiveBytes: number;
  /** Bytes of its content, shared or not. */
  readonly referencedBytes: number;
}

/**
 * One pool of one back end.
 *
 * Datasets and snapshots are known by names that the core chooses (`[A-Za-z0-9][A-Za-z0-9._-]*`, at most 120 characters),
 * that are never used twice, and that share one name space. How a driver finds them again is its own affair: by label
 * where the back end renames things.
 *
 * Every change is durable when its call has returned. A call that was cut off by a crash has happened, has not
 * happened, or has left remains that `deleteDataset` / `deleteSnapshot` of the same name removes and that no listing shows.
 * A call that fails leaves nothing behind. May be called concurrently for different names.
 * Errors: `STORAGE_FULL`, `STORAGE_UNAVAILABLE` (the pool is gone), `STORAGE_FAILED`, `NOT_FOUND` (a named parent).
 */
export interface StorageDriver {
  /** e.g. `btrfs` */
  readonly technology: string;
  readonly capabilities: StorageCapabilities;

  /** Makes an empty dataset: one directory, owned by root, mode 0755. */
  createDataset(
    request: StorageCaller & { readonly name: string; readonly labels: StorageLabels; readonly recordSizeBytes?: number },
  ): Promise<void>;
  /** Takes a read-only snapshot of a dataset. */
  snapshot(request: StorageCaller & { readonly dataset: string; readonly name: string; readonly labels: StorageLabels }): Promise<void>;
  /** Makes a writable dataset with the content of a snapshot. */
  clone(request: StorageCaller & { readonly snapshot: string; readonly name: string; readonly labels: StorageLabels }): Promise<void>;
  /** Deletes a dataset; its snapshots and their clones stay. One that is not there is fine. */
  deleteDataset(name: string, caller?: StorageCaller): Promise<void>;
  /** Deletes a snapshot; its clones stay. One that is not there is fine. */
  deleteSnapshot(name: string, caller?: StorageCaller): Promise<void>;

  /**
   * The directory where the files of a dataset can be reached on the engine's host; where `thinClones` is false, those of a
   * snapshot too. Elsewhere a back end may have no such place for a snapshot (`STORAGE_UNSUITABLE`): it is read through a
   * clone. No I/O.
   */
  pathOf(name: string, kind: StoredObject["kind"]): string;
  /**
   * Makes sure that the files of a dataset are at its path, before it is handed to somebody who reads or writes there.
   * @throws EngineError `STORAGE_FAILED` with the reason where the back end cannot show them
   */
  makeReachable(dataset: string, caller?: StorageCaller): Promise<void>;
  find(name: string): Promise<StoredObject | undefined>;
  /** All that is ours, in one pass: no call per object. */
  list(): Promise<readonly StoredObject[]>;
  /** Replaces the labels of a dataset or snapshot. */
  setLabels(name: string, labels: StorageLabels): Promise<void>;
  /** Things in the pool that are not ours. They are reported, never touched. */
  strangers(): Promise<readonly string[]>;

  /** One call to the back end. */
  usage(): Promise<StorageUsage>;
  /** May take long where the back end must measure. */
  datasetUsage(name: string): Promise<DatasetUsage>;
  /** Bytes that deleting all of these together would free; `isExact` false means "at least". */
  freedBytes(names: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }>;

  /** A stream of a snapshot, whole or as the difference from another one of the same ancestry that the receiver has. */
  send(request: StorageCaller & { readonly snapshot: string; readonly from?: string }): Promise<Readable>;
  /** Makes a dataset and its snapshot from a stream: afterwards both have the snapshot's content. */
  receive(
    request: StorageCaller & {
      readonly stream: Readable;
      readonly dataset: string;
      readonly snapshot: string;
      readonly labels: { readonly dataset: StorageLabels; readonly snapshot: StorageLabels };
    },
  ): Promise<void>;
}

export interface PoolOpening {
  readonly mustExist?: boolean;
}

/** A kind of back end: makes and opens pools. One line a driver in compose.ts. */
export interface StorageTechnology {
  readonly technology: string;
  /**
   * Opens a pool, making its directories when they are not there. A location is a directory, for zfs the name of a dataset.
   * One that `mustExist` is never made: with its disk not mounted, an empty one would take its place.
   * @throws EngineError `STORAGE_UNSUITABLE`, `STORAGE_UNAVAILABLE`
   */
  open(location: string, options?: PoolOpening): Promise<StorageDriver>;
}
