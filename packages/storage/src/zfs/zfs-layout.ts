import { createHash } from "node:crypto";
import { join } from "node:path";
import { PoolLayout } from "../pool/pool-layout.ts";
import { checkStorageName } from "../pool/storage-name.ts";

/** ZFS takes 255 characters for a dataset and its snapshot together. */
const LONGEST_PLAIN_NAME = 57;
const KEPT_OF_LONG_NAME = 40;

/**
 * Where things lie in a pool that is a ZFS dataset: its own file system holds the identity file and the labels, the
 * datasets below `datasets` are mounted in its directory of that name, and `staging` has what is being received.
 */
export class ZfsLayout extends PoolLayout {
  /** The pool's own dataset, e.g. `tank/opendvp`. */
  readonly root: string;

  constructor(root: string, mountPath: string) {
    super(mountPath);
    this.root = root;
  }

  override get directories(): readonly string[] {
    return [this.datasets, this.labels, this.staging];
  }

  /** The datasets that only hold others. */
  get containers(): readonly string[] {
    return [`${this.root}/datasets`, `${this.root}/staging`];
  }

  datasetOf(name: string): string {
    return `${this.root}/datasets/${zfsNameOf(name)}`;
  }

  /** A dataset while it is being received. */
  stagedDatasetOf(name: string): string {
    return `${this.root}/staging/${zfsNameOf(name)}`;
  }

  isStaged(dataset: string): boolean {
    return dataset.startsWith(`${this.root}/staging/`);
  }

  mountPathOf(name: string): string {
    return join(this.datasets, zfsNameOf(name));
  }
}

/** What a name is called in ZFS: itself, or where that is long, its beginning and a hash. No storage name has a colon. */
export function zfsNameOf(name: string): string {
  if (checkStorageName(name).length <= LONGEST_PLAIN_NAME) return name;
  return `${name.slice(0, KEPT_OF_LONG_NAME)}:${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
}
