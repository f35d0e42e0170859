import type { DatasetUsage, StorageUsage } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { Inventory, ZfsDataset, ZfsSnapshot } from "./inventory.ts";
import { runZfs, settle } from "./zfs-program.ts";
import type { ZfsParts } from "./zfs-parts.ts";

/** What ZFS accounts for a dataset or snapshot. */
export interface Figures {
  readonly used: number;
  readonly referenced: number;
  /** A dataset's bytes that its latest snapshot does not have; unknown to an old ZFS. */
  readonly written: number | undefined;
}

type FiguresOf = ReadonlyMap<string, Figures>;

export interface Freed {
  readonly bytes: number;
  readonly isExact: boolean;
}

/** The room that the pool's dataset has: its zpool's, or what a quota leaves of that. */
export async function poolUsage({ layout }: ZfsParts): Promise<StorageUsage> {
  const text = await runZfs(["get", "-H", "-p", "-o", "value", "used,available", layout.root], {});
  const [usedBytes = Number.NaN, freeBytes = Number.NaN] = text.trim().split("\n").map(Number);
  if (Number.isSafeInteger(usedBytes + freeBytes)) return { sizeBytes: usedBytes + freeBytes, usedBytes, freeBytes };
  throw notMeasured(layout.root);
}

/** Figures of a dataset, of all below it, and of their snapshots, as of this moment. */
export async function readFigures({ layout, features }: ZfsParts, dataset: string): Promise<FiguresOf> {
  await settle(layout.root);
  const properties = ["used", "referenced", ...(features.hasWritten ? ["written"] : [])];
  const text = await runZfs(["get", "-H", "-p", "-r", "-o", "name,property,value", properties.join(","), dataset], {});
  const values = new Map<string, Record<string, number>>();
  for (const line of text.split("\n")) {
    const [handle = "", property = "", value = ""] = line.split("\t");
    values.set(handle, { ...values.get(handle), [property]: Number(value) });
  }
  values.delete("");
  return new Map([...values].map(([handle, value]) => [handle, figuresOf(handle, value)]));
}

function figuresOf(handle: string, { used, referenced, written }: Readonly<Record<string, number>>): Figures {
  if (used === undefined || referenced === undefined) throw notMeasured(handle);
  return { used, referenced, written: Number.isSafeInteger(written) ? written : undefined };
}

export function usageOf(inventory: Inventory, figures: FiguresOf, object: ZfsDataset | ZfsSnapshot): DatasetUsage {
  const part = "snapshots" in object ? ofHead(figures, object) : ofSnapshot(inventory, figures, object);
  return { exclusiveBytes: part.bytes, referencedBytes: figures.get(object.handle)?.referenced ?? 0 };
}

/**
 * What deleting these together frees. Exact where a dataset goes with all of its snapshots and copies, and for a single
 * part of one where ZFS accounts for it; else what is freed for sure.
 */
export function freedBytes(inventory: Inventory, figures: FiguresOf, names: ReadonlySet<string>): Freed {
  const parts: Freed[] = [];
  for (const dataset of inventory.inside) {
    const chosen = dataset.snapshots.filter(({ object, isDeleted }) => object !== undefined && !isDeleted && names.has(object.name));
    const isChosen = dataset.object !== undefined && !dataset.isHolder && names.has(dataset.object.name);
    if (!isChosen && chosen.length === 0) continue;
    if (goesWhole(inventory, names, dataset)) {
      parts.push({ bytes: figures.get(dataset.handle)?.used ?? 0, isExact: !mayTakeOrigin(inventory, dataset) });
      continue;
    }
    if (isChosen) parts.push(ofHead(figures, dataset));
    parts.push(...chosen.map((snapshot) => ofSnapshot(inventory, figures, snapshot)));
  }
  const areWhole = parts.every(({ isExact }) => isExact);
  return {
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    isExact: areWhole && (parts.length <= 1 || areAllWhole(inventory, names)),
  };
}

function areAllWhole(inventory: Inventory, names: ReadonlySet<string>): boolean {
  return inventory.inside
    .filter(({ object, snapshots }) =>
      [object, ...snapshots.map((one) => one.object)].some((one) => one !== undefined && names.has(one.name)),
    )
    .every((dataset) => goesWhole(inventory, names, dataset));
}

/** Whether nothing of a dataset is left when these names are deleted. */
function goesWhole(inventory: Inventory, names: ReadonlySet<string>, dataset: ZfsDataset): boolean {
  const { object, isHolder, snapshots } = dataset;
  if (!isHolder && (object === undefined || !names.has(object.name))) return false;
  if (!snapshots.every((one) => one.isDeleted || (one.object !== undefined && names.has(one.object.name)))) return false;
  const clones = inventory.datasets.filter(({ origin }) => snapshots.some(({ handle }) => handle === origin));
  return clones.every((clone) => goesWhole(inventory, names, clone));
}

/** A deleted snapshot goes with the last of its clones, and what it has alone goes with it. */
function mayTakeOrigin(inventory: Inventory, { origin }: ZfsDataset): boolean {
  return inventory.snapshots.some(({ handle, isDeleted }) => isDeleted && handle === origin);
}

/** Of a dataset with snapshots, an old ZFS tells only how much more it has than the latest of them. */
function ofHead(figures: FiguresOf, { handle, snapshots }: ZfsDataset): Freed {
  const own = figures.get(handle);
  const last = snapshots.at(-1);
  if (own === undefined) return { bytes: 0, isExact: false };
  if (last === undefined) return { bytes: own.used, isExact: true };
  if (own.written !== undefined) return { bytes: own.written, isExact: true };
  return { bytes: Math.max(0, own.referenced - (figures.get(last.handle)?.referenced ?? own.referenced)), isExact: false };
}

/** The latest snapshot of a holder shares all it has with that: freed is at least what the one before has not. */
function ofSnapshot(inventory: Inventory, figures: FiguresOf, { handle, dataset: of }: ZfsSnapshot): Freed {
  const own = figures.get(handle);
  const dataset = inventory.datasets.find((one) => one.handle === of);
  if (own === undefined || dataset === undefined || inventory.cloneOf(handle) !== undefined) return { bytes: 0, isExact: false };
  const [last, previous] = [...dataset.snapshots].reverse();
  if (!dataset.isHolder || last?.handle !== handle) return { bytes: own.used, isExact: true };
  const before = previous === undefined ? 0 : (figures.get(previous.handle)?.referenced ?? own.referenced);
  return {
    bytes: dataset.origin === undefined || previous !== undefined ? Math.max(own.used, own.referenced - before) : own.used,
    isExact: false,
  };
}

function notMeasured(handle: string): EngineError {
  return new EngineError("STORAGE_FAILED", `zfs did not measure ${JSON.stringify(handle)}.`, {
    action: "Repeat; report it if it stays so.",
  });
}
