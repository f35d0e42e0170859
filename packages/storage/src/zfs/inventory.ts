import { runZfs } from "./zfs-program.ts";
import { zfsNameOf, type ZfsLayout } from "./zfs-layout.ts";
import { HOLDER_PROPERTY, OBJECT_PROPERTY, parseObjectProperty, type ObjectProperty } from "./zfs-properties.ts";

const COLUMNS = ["name", "origin", "mounted", "recordsize", "defer_destroy", OBJECT_PROPERTY, HOLDER_PROPERTY];

export interface ZfsSnapshot {
  /** `<dataset>@<name>`, as it is called at present. */
  readonly handle: string;
  readonly dataset: string;
  /** Undefined for a stranger's. */
  readonly object: ObjectProperty | undefined;
  /** Deleted, and gone as soon as no clone needs it. */
  readonly isDeleted: boolean;
}

export interface ZfsDataset {
  readonly handle: string;
  /** The handle of the snapshot that it is a clone of. */
  readonly origin: string | undefined;
  readonly isMounted: boolean;
  /** As ZFS writes it, e.g. `8K`. */
  readonly recordSize: string;
  readonly object: ObjectProperty | undefined;
  /** Deleted, and kept for its snapshots. */
  readonly isHolder: boolean;
  /** Oldest first. */
  readonly snapshots: readonly ZfsSnapshot[];
}

/** All that ZFS has below a pool's dataset, at one moment. */
export class Inventory {
  readonly datasets: readonly ZfsDataset[];
  readonly #layout: ZfsLayout;

  constructor(layout: ZfsLayout, datasets: readonly ZfsDataset[]) {
    this.#layout = layout;
    this.datasets = datasets;
  }

  /** One call, however much there is. */
  static async read(layout: ZfsLayout): Promise<Inventory> {
    const text = await runZfs(["list", "-H", "-r", "-t", "filesystem,snapshot", "-o", COLUMNS.join(","), layout.root], {});
    return new Inventory(layout, parseInventory(text));
  }

  /** Those below the pool's own and its containers. */
  get inside(): readonly ZfsDataset[] {
    const own = new Set([this.#layout.root, ...this.#layout.containers]);
    return this.datasets.filter(({ handle }) => !own.has(handle));
  }

  get snapshots(): readonly ZfsSnapshot[] {
    return this.datasets.flatMap(({ snapshots }) => snapshots);
  }

  /** A dataset of this name that was not deleted. */
  dataset(name: string): ZfsDataset | undefined {
    const handle = this.#layout.datasetOf(name);
    return this.datasets.find((dataset) => dataset.handle === handle && dataset.object?.name === name && !dataset.isHolder);
  }

  /** What a deleted dataset has left. */
  holder(name: string): ZfsDataset | undefined {
    const handle = this.#layout.datasetOf(name);
    return this.datasets.find((dataset) => dataset.handle === handle && dataset.isHolder);
  }

  /** A snapshot of this name, wherever a promotion has brought it; not one that was deleted, nor one half received. */
  snapshot(name: string): ZfsSnapshot | undefined {
    const found = this.snapshots.find(({ object, isDeleted }) => object?.name === name && !isDeleted);
    const dataset = this.datasets.find(({ handle }) => handle === found?.dataset);
    return found === undefined || dataset === undefined || this.cameWith(dataset).includes(found) ? undefined : found;
  }

  /** The dataset that is being received under this name, or with a snapshot of this name. */
  halfReceived(name: string): ZfsDataset | undefined {
    const handle = this.#layout.stagedDatasetOf(name);
    return this.datasets.find(
      (dataset) =>
        !dataset.isHolder &&
        (dataset.handle === handle || this.cameWith(dataset).some((one) => one.handle === `${one.dataset}@${zfsNameOf(name)}`)),
    );
  }

  find(name: string): ObjectProperty | undefined {
    return (this.dataset(name) ?? this.snapshot(name))?.object;
  }

  /** A clone of a snapshot. */
  cloneOf(handle: string): ZfsDataset | undefined {
    return this.datasets.find(({ origin }) => origin === handle);
  }

  /**
   * The snapshots of a half-received dataset that came with it. A receive lets the snapshot that it builds upon live in its
   * dataset meanwhile, with all that is older, whoever took it: that snapshot has another parent, and what came is later.
   */
  cameWith({ handle, snapshots }: ZfsDataset): readonly ZfsSnapshot[] {
    if (!this.#layout.isStaged(handle)) return [];
    const isOthers = ({ object }: ZfsSnapshot): boolean =>
      object !== undefined && object.parent !== null && this.#layout.stagedDatasetOf(object.parent) !== handle;
    return snapshots.slice(snapshots.findLastIndex(isOthers) + 1);
  }
}

/** Reads the lines of `zfs list`. A line that cannot be one, such as the rest of a value with a line end, is left out. */
export function parseInventory(text: string): readonly ZfsDataset[] {
  const found = new Map<string, ZfsDataset & { readonly snapshots: ZfsSnapshot[] }>();
  for (const line of text.split("\n")) {
    const [handle = "", origin = "-", mounted, recordSize, deferred, object = "-", holder = "-", ...more] = line.split("\t");
    if (recordSize === undefined || deferred === undefined || more.length > 0) continue;
    const [dataset = "", snapshot] = handle.split("@");
    const name = snapshot ?? dataset.slice(dataset.lastIndexOf("/") + 1);
    const property = parseObjectProperty(object);
    const own = property !== undefined && zfsNameOf(property.name) === name ? property : undefined;
    if (snapshot === undefined) {
      found.set(handle, {
        handle,
        origin: origin === "-" ? undefined : origin,
        isMounted: mounted === "yes",
        recordSize,
        object: own?.kind === "DATASET" ? own : undefined,
        isHolder: holder === name,
        snapshots: [],
      });
    } else {
      const object = own?.kind === "SNAPSHOT" ? own : undefined;
      found.get(dataset)?.snapshots.push({ handle, dataset, object, isDeleted: deferred === "on" });
    }
  }
  return [...found.values()];
}
