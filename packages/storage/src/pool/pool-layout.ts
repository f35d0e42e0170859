import { join } from "node:path";
import type { StoredObject } from "@opendvp/core";
import { checkStorageName, isStorageName } from "./storage-name.ts";

type Kind = StoredObject["kind"];

// No storage name contains it, so it tells a half-made receive from everything else in `staging`.
const BETWEEN = "+";

/** Names both objects that a receive under way makes. */
export interface HalfReceived {
  readonly dataset: string;
  readonly snapshot: string;
}

/** Where things lie in a pool that is a directory. Names are checked here, so no path leaves the pool. */
export class PoolLayout {
  readonly location: string;
  readonly identityFile: string;
  readonly datasets: string;
  readonly snapshots: string;
  readonly labels: string;
  /** The identity file while it is being written. */
  readonly unfinishedIdentityFile: string;
  /** What is being made or deleted; nothing in it is shown by a listing. */
  readonly staging: string;

  constructor(location: string) {
    this.location = location;
    this.identityFile = join(location, "pool.json");
    this.unfinishedIdentityFile = join(location, ".new-pool.json");
    this.datasets = join(location, "datasets");
    this.snapshots = join(location, "snapshots");
    this.labels = join(location, "labels");
    this.staging = join(location, "staging");
  }

  get directories(): readonly string[] {
    return [this.datasets, this.snapshots, this.labels, this.staging];
  }

  directoryOf(kind: Kind): string {
    return kind === "DATASET" ? this.datasets : this.snapshots;
  }

  treeOf(name: string, kind: Kind): string {
    return join(this.directoryOf(kind), checkStorageName(name));
  }

  labelFileOf(name: string): string {
    return join(this.labels, `${checkStorageName(name)}.json`);
  }

  stagedTreeOf(name: string): string {
    return join(this.staging, checkStorageName(name));
  }

  /** The directory of a receive under way. While it exists, neither of the two objects is shown. */
  receiveDirectoryOf(receive: HalfReceived): string {
    return join(this.staging, `${checkStorageName(receive.dataset)}${BETWEEN}${checkStorageName(receive.snapshot)}`);
  }
}

/** What an entry of `staging` says about a receive under way, if it is one. */
export function halfReceivedOf(entry: string): HalfReceived | undefined {
  const [dataset, snapshot, ...rest] = entry.split(BETWEEN);
  if (dataset === undefined || snapshot === undefined || rest.length > 0) return undefined;
  return isStorageName(dataset) && isStorageName(snapshot) ? { dataset, snapshot } : undefined;
}

/** Whether an entry of `staging` has a name that only this package gives. */
export function isOurStagingEntry(entry: string): boolean {
  return isStorageName(entry) || halfReceivedOf(entry) !== undefined;
}

/** The name behind an entry of `labels`, if it is a label file. */
export function nameOfLabelFile(entry: string): string | undefined {
  const name = entry.endsWith(".json") ? entry.slice(0, -".json".length) : "";
  return isStorageName(name) ? name : undefined;
}
