import type { StorageTechnology } from "@opendvp/core";

/** A place for one pool, on a real file system of its own. */
export interface StoragePlace {
  /** What a driver is opened with. */
  readonly location: string;
  /** Where the pool's directory is; default: the location. */
  readonly directory?: string;
  /** Takes the file system away under the driver, as an unmount does; an empty directory stays at its place. */
  takeAway?(): Promise<void>;
  bringBack?(): Promise<void>;
  /** Lets the file system be read only, as after an error of its device. */
  makeReadOnly?(): Promise<void>;
  dispose(): Promise<void>;
}

/** What the conformance suite needs to know of a driver. */
export interface StorageHarness {
  readonly technology: StorageTechnology;
  /** What the driver must say of itself: whether clones share blocks. */
  readonly isThin: boolean;
  /** Likewise, whether snapshots are of one moment. Such a back end also keeps them from being written and sends differences. */
  readonly isAtomic: boolean;
  /** Whether the files of a snapshot have a path; else the suite reads them through a clone. */
  readonly showsSnapshots: boolean;
  /** Whether its places can be taken away. */
  readonly canVanish: boolean;
  /** Whether its places can be made read only. */
  readonly canBecomeReadOnly: boolean;
  /** A place for a pool in a directory whose own name is `name`, with at least 512 MiB of room. */
  makePlace(name: string): Promise<StoragePlace>;
  /** A place small enough to be filled in a second (at most 200 MiB); absent where there can be none. */
  makeSmallPlace?(name: string): Promise<StoragePlace>;
}

/** A directory name with everything that a command line or a mount table may stumble over. */
export const ODD_NAME = '-it\'s a "pöol" $(touch no)\\040\nnew;line*';
