import type { StorageCaller, StoredObject } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { Label } from "../labels/label.ts";
import { nameTaken } from "../pool/name-taken.ts";
import { checkStorageName } from "../pool/storage-name.ts";
import { Inventory, type ZfsDataset, type ZfsSnapshot } from "./inventory.ts";
import { discardReceived, finishRemoval, removeDataset, removeSnapshot } from "./remove.ts";
import { isAbsentInZfs } from "./zfs-program.ts";
import { zfsNameOf } from "./zfs-layout.ts";
import type { ZfsParts } from "./zfs-parts.ts";

type Kind = StoredObject["kind"];

/** Where a snapshot is at present, and the record size that its clones go on with. */
export interface SnapshotPlace {
  readonly handle: string;
  readonly recordSize: string;
}

/** What a name stands for in a ZFS pool: a whole object, something that a crash left, or nothing. */
export class ZfsObjects {
  readonly #parts: ZfsParts;
  #places = new Map<string, SnapshotPlace>();
  /** By dataset handle. */
  #recordSizes = new Map<string, string>();

  constructor(parts: ZfsParts) {
    this.#parts = parts;
  }

  async inventory(): Promise<Inventory> {
    const inventory = await Inventory.read(this.#parts.layout);
    this.#places = placesOf(inventory);
    this.#recordSizes = new Map(inventory.datasets.map(({ handle, recordSize }) => [handle, recordSize]));
    return inventory;
  }

  /** Calls with the place of a snapshot where it was seen last, and where it is not there any more, with where it is now. */
  async withPlaceOf(name: string, work: (place: SnapshotPlace) => Promise<void>): Promise<void> {
    const known = this.#places.get(name);
    if (known !== undefined) {
      try {
        await work(known);
        return;
      } catch (error) {
        if (!isAbsentInZfs(error)) throw error;
      }
    }
    await this.inventory();
    const place = this.#places.get(name);
    if (place === undefined) throw notFound(name, "SNAPSHOT", this.#parts.layout.root);
    await work(place);
  }

  /** Spares the next call a look at the whole pool. */
  rememberDataset(name: string, recordSize?: string): void {
    const known = recordSize ?? this.#recordSizes.get(this.#parts.layout.root);
    if (known !== undefined) this.#recordSizes.set(this.#parts.layout.datasetOf(name), known);
  }

  rememberSnapshot(name: string, dataset: string): void {
    const handle = this.#parts.layout.datasetOf(dataset);
    const recordSize = this.#recordSizes.get(handle);
    if (recordSize !== undefined) this.#places.set(name, { handle: `${handle}@${zfsNameOf(name)}`, recordSize });
  }

  async find(name: string): Promise<StoredObject | undefined> {
    // A label is there before its object and gone after it: without one, there is nothing to ask ZFS for.
    const label = await this.labelOf(name);
    if (label === undefined || (await this.inventory()).find(name)?.kind !== label.kind) return undefined;
    return { name, ...label };
  }

  async list(): Promise<readonly StoredObject[]> {
    // Labels first: an object made meanwhile is then merely not listed, never reported without its label.
    const { labels } = await this.#parts.labels.readAll();
    const inventory = await this.inventory();
    const known = new Map(
      [...inventory.datasets.filter(({ isHolder }) => !isHolder), ...inventory.snapshots]
        .flatMap(({ object }) => (object === undefined ? [] : [object]))
        .filter(({ name, kind }) => inventory.find(name)?.kind === kind)
        .map(({ name, kind }) => [name, kind]),
    );
    const objects = [...labels].filter(([name, { kind }]) => known.get(name) === kind).map(([name, label]) => ({ name, ...label }));
    return objects.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** The label of a name; that it has one does not say that the object is there. */
  async labelOf(name: string): Promise<Label | undefined> {
    const label = await this.#parts.labels.read(name);
    if (label !== "UNREADABLE") return label;
    const inventory = await this.inventory();
    // What a power cut left of writing a label has no object.
    if (inventory.find(name) === undefined) return undefined;
    throw new EngineError(
      "STORAGE_FAILED",
      `The label file ${JSON.stringify(this.#parts.layout.labelFileOf(name))} cannot be understood.`,
      {
        action: "Restore it, or use the version of the engine that wrote it.",
      },
    );
  }

  /** Without asking ZFS: a label that a crash left may pass, and ZFS then says that the object is not there. */
  async requireLabel(name: string, kind?: Kind): Promise<Label> {
    const label = await this.labelOf(checkStorageName(name));
    if (label !== undefined && (kind === undefined || label.kind === kind)) return label;
    throw notFound(name, kind, this.#parts.layout.root);
  }

  async requireSnapshot(name: string): Promise<ZfsSnapshot> {
    await this.requireLabel(name, "SNAPSHOT");
    const snapshot = (await this.inventory()).snapshot(name);
    if (snapshot === undefined) throw notFound(name, "SNAPSHOT", this.#parts.layout.root);
    return snapshot;
  }

  async require(name: string): Promise<{ readonly inventory: Inventory; readonly object: ZfsDataset | ZfsSnapshot }> {
    await this.requireLabel(name);
    const inventory = await this.inventory();
    const object = inventory.dataset(name) ?? inventory.snapshot(name);
    if (object === undefined) throw notFound(name, undefined, this.#parts.layout.root);
    return { inventory, object };
  }

  /** Makes a name usable: refuses what is there, and clears what a crash left of it. */
  async free(name: string, caller: StorageCaller): Promise<void> {
    if ((await this.#parts.labels.read(name)) === undefined) return;
    if ((await this.find(name)) !== undefined) throw nameTaken(name);
    await this.clear(name, undefined, caller);
  }

  /**
   * Removes what has a name, of one kind or of any, and then its label. What ZFS has under that name without our
   * property is somebody else's and stays.
   */
  async clear(name: string, kind: Kind | "NEITHER" | undefined, caller: StorageCaller): Promise<void> {
    await this.#parts.structure.run("", async () => {
      const inventory = await this.inventory();
      const halfReceived = inventory.halfReceived(name);
      if (halfReceived !== undefined) await discardReceived(this.#parts, { inventory, dataset: halfReceived }, caller);
      // A deletion that was cut off may have left a holder that is still mounted.
      const dataset = kind === undefined || kind === "DATASET" ? (inventory.dataset(name) ?? inventory.holder(name)) : undefined;
      const snapshot = kind === undefined || kind === "SNAPSHOT" ? inventory.snapshot(name) : undefined;
      if (dataset !== undefined) await removeDataset(this.#parts, { inventory, dataset }, caller);
      if (snapshot !== undefined) await removeSnapshot(this.#parts, { inventory, snapshot }, caller);
      else if (kind === "SNAPSHOT") await finishRemoval(this.#parts, inventory, caller);
      await this.#parts.labels.remove(name);
    });
  }
}

function placesOf(inventory: Inventory): Map<string, SnapshotPlace> {
  const places = new Map<string, SnapshotPlace>();
  for (const { recordSize, snapshots } of inventory.datasets) {
    for (const { handle, object, isDeleted } of snapshots)
      if (object !== undefined && !isDeleted) places.set(object.name, { handle, recordSize });
  }
  return places;
}

export function notFound(name: string, kind: Kind | undefined, pool: string): EngineError {
  const what = kind?.toLowerCase() ?? "dataset or snapshot";
  return new EngineError("NOT_FOUND", `There is no ${what} ${name} in the pool ${JSON.stringify(pool)}.`, {
    action: "Look at the pool again: it may have been deleted meanwhile.",
    details: { name },
  });
}
