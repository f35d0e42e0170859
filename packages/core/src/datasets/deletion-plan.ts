import { EngineError, type Reference } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import { exclusive, type LockRequest } from "../jobs/locks.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { StorageDriver } from "../ports/storage-driver.ts";
import type { DeletionPlan } from "../use-cases/deletion-plan.ts";

type Dependents = DeletionPlan["dependents"];

/** Copies of other datasets that were made from these snapshots and still have their data. */
export async function dependentsOfSnapshots(objects: CatalogReads, snapshots: readonly Snapshot[]): Promise<Dependents> {
  if (snapshots.length === 0) return [];
  const started = await objects.timeflows.list({ where: { parentSnapshot: snapshots.map(({ reference }) => reference) } });
  const copies = new Map<Reference<"APPDATA_CONTAINER">, Copy[]>();
  for (const timeflow of started) {
    const parent = snapshots.find(({ reference }) => reference === timeflow.parentSnapshot);
    if (parent === undefined || parent.container === timeflow.container || !(await hasData(objects, timeflow))) continue;
    copies.set(timeflow.container, [...(copies.get(timeflow.container) ?? []), { timeflow: timeflow.reference, of: parent.name }]);
  }
  const datasets = copies.size === 0 ? [] : await objects.datasets.list({ where: { reference: [...copies.keys()] } });
  return datasets.map((dataset) => dependent(dataset, copies.get(dataset.reference) ?? []));
}

interface Copy {
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
  readonly of: string;
}

/** A dataset once, with all that it has copied. */
function dependent({ reference, name, currentTimeflow }: Dataset, copies: readonly Copy[]): Dependents[number] {
  const current = copies.find(({ timeflow }) => timeflow === currentTimeflow);
  const former = copies.filter((copy) => copy !== current);
  const relations = [
    ...(current === undefined ? [] : [`is a copy of ${current.of}`]),
    ...(former.length === 0
      ? []
      : [
          `keeps ${former.length === 1 ? "a former copy" : "former copies"} of ${former.map((copy) => `${copy.of} (${copy.timeflow})`).join(", ")}`,
        ]),
  ];
  const formerTimeflows = former.map(({ timeflow }) => timeflow);
  return { reference, name, relation: relations.join(" and "), formerTimeflows, isCurrent: current !== undefined };
}

// A former timeflow that has given up its head may still have snapshots, which share the data.
async function hasData(objects: CatalogReads, timeflow: Timeflow): Promise<boolean> {
  return timeflow.storageName !== null || (await objects.snapshots.count({ timeflow: timeflow.reference })) > 0;
}

/** Copies of a dataset: what keeps it from being deleted. */
export async function dependentsOfDataset(objects: CatalogReads, dataset: Dataset): Promise<Dependents> {
  const snapshots = await objects.snapshots.list({ where: { container: dataset.reference } });
  const copies = await dependentsOfSnapshots(objects, snapshots);
  const children = await objects.datasets.list({ where: { parent: dataset.reference } });
  const others = children.filter(({ reference }) => !copies.some((copy) => copy.reference === reference));
  return [...copies, ...others.map((vdb) => ({ ...dependent(vdb, []), relation: `is a VDB of ${dataset.name}`, isCurrent: true }))];
}

/** What keeps copies from being made of a dataset's snapshots while it is deleted. */
export async function locksOfSnapshots(objects: CatalogReads, container: Reference<"APPDATA_CONTAINER">): Promise<readonly LockRequest[]> {
  return (await objects.snapshots.list({ where: { container } })).map(({ reference }) => exclusive(reference));
}

/** Storage names of all that a dataset keeps. */
export async function storageNamesOf(objects: CatalogReads, container: Reference<"APPDATA_CONTAINER">): Promise<readonly string[]> {
  const timeflows = await objects.timeflows.list({ where: { container } });
  const snapshots = await objects.snapshots.list({ where: { container } });
  return [...timeflows.flatMap(({ storageName }) => storageName ?? []), ...snapshots.flatMap(storageNamesOfSnapshot)];
}

export function storageNamesOfSnapshot(snapshot: Snapshot): readonly string[] {
  return [snapshot.storageName, snapshot.preparedDatasetName, snapshot.preparedStorageName].filter((name) => name !== null);
}

export async function deletionPlan(storage: StorageDriver, names: readonly string[], dependents: Dependents): Promise<DeletionPlan> {
  const freed = await storage.freedBytes(names);
  return { dependents, freedBytes: freed.bytes, isExact: freed.isExact };
}

/** What deleting a dataset would free, and what holds it back. */
export async function planOfDataset(objects: CatalogReads, storage: StorageDriver, dataset: Dataset): Promise<DeletionPlan> {
  return deletionPlan(storage, await storageNamesOf(objects, dataset.reference), await dependentsOfDataset(objects, dataset));
}

/** To be asked outside of transactions: storage may take its time. @throws EngineError `IN_USE` with the plan in its details */
export async function mustBeDeletable(objects: CatalogReads, storage: StorageDriver, dataset: Dataset): Promise<void> {
  // What it would free is only worth finding out where somebody is told.
  if ((await dependentsOfDataset(objects, dataset)).length === 0) return;
  mustHaveNoDependents(dataset.name, await planOfDataset(objects, storage, dataset));
}

/** The same once more, within the transaction that creates the job: asks the catalog alone. @throws EngineError `IN_USE` */
export async function mustStillBeDeletable(objects: CatalogReads, dataset: Dataset): Promise<void> {
  mustHaveNoDependents(dataset.name, { dependents: await dependentsOfDataset(objects, dataset) });
}

/** @throws EngineError `IN_USE` naming what depends on it, and where that is known what it would free */
export function mustHaveNoDependents(what: string, plan: Pick<DeletionPlan, "dependents"> & Partial<DeletionPlan>): void {
  if (plan.dependents.length === 0) return;
  const list = plan.dependents.map(({ name, reference, relation }) => `${name} (${reference}) ${relation}`).join("; ");
  const bytes = `${plan.isExact === true ? "" : "at least "}${plan.freedBytes} bytes`;
  const frees = plan.freedBytes === undefined ? "" : ` Deleting it would free ${bytes}.`;
  throw new EngineError("IN_USE", `${what} cannot be deleted: ${list}.${frees}`, {
    action: whatToDo(plan.dependents),
    details: { ...plan, dependents: plan.dependents.map((one) => ({ ...one })) },
  });
}

// A refresh keeps what was there before as a former timeflow, which is as much in the way.
function whatToDo(dependents: Dependents): string {
  const former = dependents.flatMap(({ formerTimeflows }) => formerTimeflows);
  const commands = former.map((reference) => `dvp timeflow delete ${reference}`).join("; ");
  if (!dependents.some(({ isCurrent }) => isCurrent)) return `Delete those former timeflows first: ${commands}.`;
  const example = former.length === 0 ? "dvp timeflow delete" : commands;
  return `Delete those VDBs first, or refresh them and then delete their former timeflows (${example}).`;
}
