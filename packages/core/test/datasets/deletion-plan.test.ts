import type { Change } from "@opendvp/core";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import {
  dependentsOfDataset,
  dependentsOfSnapshots,
  locksOfSnapshots,
  mustHaveNoDependents,
  mustStillBeDeletable,
  storageNamesOf,
  storageNamesOfSnapshot,
} from "../../src/datasets/deletion-plan.ts";
import { exclusive } from "../../src/jobs/locks.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { dSource, vdb, dSourceSnapshot, vdbTimeflow } = EXAMPLES;

const nextTimeflow: Change = {
  collection: "timeflows",
  insert: { ...vdbTimeflow, reference: "APPDATA_TIMEFLOW-3", parentSnapshot: null, storageName: "vdb-2" },
};
const switched: Change = { collection: "datasets", update: vdb.reference, set: { currentTimeflow: "APPDATA_TIMEFLOW-3" } };

test("a snapshot is held back by the copies that were made of it, and so is its dSource", async () => {
  const { objects } = await exampleCatalog();
  const dependent = { reference: vdb.reference, name: "copy", relation: "is a copy of monday", formerTimeflows: [], isCurrent: true };
  expect(await dependentsOfSnapshots(objects, [dSourceSnapshot])).toEqual([dependent]);
  expect(await dependentsOfDataset(objects, dSource)).toEqual([dependent]);
  expect(await dependentsOfDataset(objects, vdb)).toEqual([]);
});

test("a former timeflow holds it back as long as it has its head or a snapshot", async () => {
  const catalog = await exampleCatalog([nextTimeflow, switched]);
  const held = [
    {
      reference: vdb.reference,
      name: "copy",
      relation: "keeps a former copy of monday (APPDATA_TIMEFLOW-2)",
      formerTimeflows: ["APPDATA_TIMEFLOW-2"],
      isCurrent: false,
    },
  ];
  expect(await dependentsOfSnapshots(catalog.objects, [dSourceSnapshot])).toEqual(held);
  const apply = (...changes: readonly Change[]): Promise<void> => catalog.transact((transaction) => transaction.apply(changes));
  const own = {
    ...dSourceSnapshot,
    reference: "APPDATA_SNAPSHOT-5",
    guid: "g5",
    container: vdb.reference,
    timeflow: vdbTimeflow.reference,
  } as const;
  await apply(
    { collection: "timeflows", update: vdbTimeflow.reference, set: { storageName: null } },
    { collection: "snapshots", insert: { ...own, storageName: "own" } },
  );
  expect(await dependentsOfSnapshots(catalog.objects, [dSourceSnapshot])).toEqual(held);
  await apply({ collection: "snapshots", remove: own.reference });
  expect(await dependentsOfSnapshots(catalog.objects, [dSourceSnapshot])).toEqual([]);
  // The dSource is still its parent: a refresh comes from there.
  expect(await dependentsOfDataset(catalog.objects, dSource)).toEqual([
    { reference: vdb.reference, name: "copy", relation: "is a VDB of payroll", formerTimeflows: [], isCurrent: true },
  ]);
});

test("a VDB with several copies is named once, with what to delete", async () => {
  const again = (timeflow: "APPDATA_TIMEFLOW-3" | "APPDATA_TIMEFLOW-4", storageName: string): Change => ({
    collection: "timeflows",
    insert: { ...vdbTimeflow, reference: timeflow, parentSnapshot: dSourceSnapshot.reference, storageName },
  });
  const { objects } = await exampleCatalog([
    again("APPDATA_TIMEFLOW-3", "vdb-2"),
    again("APPDATA_TIMEFLOW-4", "vdb-3"),
    { collection: "datasets", update: vdb.reference, set: { currentTimeflow: "APPDATA_TIMEFLOW-4" } },
  ]);
  const dependents = await dependentsOfSnapshots(objects, [dSourceSnapshot]);
  expect(dependents).toEqual([
    {
      reference: vdb.reference,
      name: "copy",
      relation: "is a copy of monday and keeps former copies of monday (APPDATA_TIMEFLOW-2), monday (APPDATA_TIMEFLOW-3)",
      formerTimeflows: ["APPDATA_TIMEFLOW-2", "APPDATA_TIMEFLOW-3"],
      isCurrent: true,
    },
  ]);
  expect(() => mustHaveNoDependents("payroll", { dependents })).toThrow(
    expect.objectContaining({ action: expect.stringContaining("dvp timeflow delete APPDATA_TIMEFLOW-3") as string }) as Error,
  );
  const former = dependents.map((one) => ({ ...one, isCurrent: false }));
  expect(() => mustHaveNoDependents("payroll", { dependents: former })).toThrow(
    expect.objectContaining({
      action: expect.stringMatching(/^Delete those former timeflows first: dvp timeflow delete/) as string,
    }) as Error,
  );
});

test("what a VDB copied from itself on a rewind does not hold back its own snapshots", async () => {
  const own = {
    ...dSourceSnapshot,
    reference: "APPDATA_SNAPSHOT-5",
    guid: "g5",
    container: vdb.reference,
    timeflow: vdbTimeflow.reference,
  } as const;
  const { objects } = await exampleCatalog([
    { collection: "snapshots", insert: { ...own, storageName: "own" } },
    { ...nextTimeflow, insert: { ...nextTimeflow.insert, parentSnapshot: own.reference, origin: "ROLLBACK" } },
    switched,
  ]);
  expect(await dependentsOfDataset(objects, vdb)).toEqual([]);
});

test("nothing depends on nothing", async () => {
  const { objects } = await exampleCatalog();
  expect(await dependentsOfSnapshots(objects, [])).toEqual([]);
});

test("all that a dataset keeps in its pool goes with it, its preparations included", async () => {
  const prepared = { preparedDatasetName: "snap-1.d", preparedStorageName: "snap-1.p" };
  const { objects } = await exampleCatalog([{ collection: "snapshots", update: dSourceSnapshot.reference, set: prepared }]);
  expect(await storageNamesOf(objects, dSource.reference)).toEqual(["ds-1", "snap-1", "snap-1.d", "snap-1.p"]);
  expect(storageNamesOfSnapshot(dSourceSnapshot)).toEqual(["snap-1"]);
  expect(await locksOfSnapshots(objects, dSource.reference)).toEqual([exclusive(dSourceSnapshot.reference)]);
});

test("a refusal names what depends on it, and says how much would be freed and how surely", () => {
  const dependents = [{ reference: vdb.reference, name: "copy", relation: "is a copy of monday", formerTimeflows: [], isCurrent: true }];
  mustHaveNoDependents("payroll", { dependents: [], freedBytes: 1, isExact: true });
  expect(() => mustHaveNoDependents("payroll", { dependents, freedBytes: 4096, isExact: false })).toThrow(
    expect.objectContaining({
      code: "IN_USE",
      message: "payroll cannot be deleted: copy (APPDATA_CONTAINER-2) is a copy of monday. Deleting it would free at least 4096 bytes.",
      details: { dependents, freedBytes: 4096, isExact: false },
    }) as Error,
  );
});

test("within a transaction only the catalog is asked: what depends is named, what would be freed is not", async () => {
  const { objects } = await exampleCatalog();
  await expect(mustStillBeDeletable(objects, vdb)).resolves.toBeUndefined();
  const dependents = [{ reference: vdb.reference, name: "copy", relation: "is a copy of monday", formerTimeflows: [], isCurrent: true }];
  await expect(mustStillBeDeletable(objects, dSource)).rejects.toMatchObject({
    code: "IN_USE",
    message: "payroll cannot be deleted: copy (APPDATA_CONTAINER-2) is a copy of monday.",
    details: { dependents },
  });
});
