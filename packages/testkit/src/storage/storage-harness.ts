import type { StorageTechnology } from "@opendvp/core";

/** A place for one pool, on a real file system of its own. */
export interface StoragePlace {
  readonly location: string;
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
  /** What the driver must say of itself: whether clones share blocks, and snapshots are of one moment and protected. */
  readonly isThin: boolean;
  /** Whether its places can be taken away and made read only. */
  readonly canVanish: boolean;
  /** A place for a pool in a directory whose own name is `name`, with at least 512 MiB of room. */
  makePlace(name: string): Promise<StoragePlace>;
  /** A place small enough to be filled in a second (at most 200 MiB); absent where there can be none. */
  makeSmallPlace?(name: string): Promise<StoragePlace>;
}

/** A directory name with everything that a command line or a mount table may stumble over. */
export const ODD_NAME = '-it\'s a "pöol" $(touch no)\\040\nnew;line*';
