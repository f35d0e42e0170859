import type { Catalog, Change, Snapshot } from "@opendvp/core";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { findPoint } from "../../src/snapshots/find-point.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { dSource, dSourceTimeflow } = EXAMPLES;
const OLDER_TIMEFLOW = "APPDATA_TIMEFLOW-7";

function snapshot(number: number, takenAt: string, more: Partial<Snapshot> = {}): Change {
  const reference = `APPDATA_SNAPSHOT-${number}` as const;
  const row = {
    ...EXAMPLES.dSourceSnapshot,
    reference,
    guid: `guid-${number}`,
    name: `s${number}`,
    storageName: `s-${number}`,
    takenAt,
    ...more,
  };
  return { collection: "snapshots", insert: row };
}

/** Monday to Thursday; Tuesday's lies on a former timeflow, Thursday's was taken by storage alone. */
function aWeek(): Promise<Catalog> {
  return exampleCatalog([
    { collection: "snapshots", remove: EXAMPLES.dSourceSnapshot.reference },
    { collection: "timeflows", update: EXAMPLES.vdbTimeflow.reference, set: { parentSnapshot: null } },
    { collection: "timeflows", insert: { ...dSourceTimeflow, reference: OLDER_TIMEFLOW, storageName: null } },
    snapshot(11, "2026-11-16T12:00:00.000Z"),
    snapshot(12, "2026-11-17T12:00:00.000Z", { timeflow: OLDER_TIMEFLOW }),
    snapshot(13, "2026-11-18T12:00:00.000Z"),
    snapshot(14, "2026-11-19T12:00:00.000Z", { data: null }),
  ]);
}

test("the latest is the last one of the current timeflow that a copy can start from", async () => {
  const { objects } = await aWeek();
  expect(await findPoint(objects, { dataset: dSource.reference })).toMatchObject({ name: "s13" });
});

test("the latest stays the latest when the clock was set back before it was taken", async () => {
  const catalog = await aWeek();
  await catalog.transact((transaction) => transaction.apply([snapshot(15, "2026-11-18T11:00:00.000Z")]));
  const { objects } = catalog;
  expect(await findPoint(objects, { dataset: dSource.reference })).toMatchObject({ name: "s15" });
  expect(await findPoint(objects, { dataset: dSource.reference, at: "2026-11-18T12:00:00.000Z" })).toMatchObject({ name: "s13" });
});

test.each([
  ["2026-11-18T12:00:00.000Z", "s13"],
  ["2026-11-18T11:59:59.999Z", "s12"],
  ["2026-11-18T13:00:00+01:00", "s13"],
  ["2026-11-18T12:59:59+01:00", "s12"],
  ["2026-11-18", "s12"],
  ["2026-11-16T12:00Z", "s11"],
  ["2999-01-01", "s13"],
])("a moment means the last one at or before it, on whatever timeflow: %s", async (at, name) => {
  const { objects } = await aWeek();
  expect(await findPoint(objects, { dataset: dSource.reference, at })).toMatchObject({ name });
});

test("where there is none, that is said", async () => {
  const { objects } = await aWeek();
  await expect(findPoint(objects, { dataset: dSource.reference, at: "2026-11-16T11:59:59Z" })).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: "payroll has no snapshot at or before 2026-11-16T11:59:59Z that a copy can start from.",
  });
  await expect(findPoint(objects, { dataset: EXAMPLES.vdb.reference })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(findPoint(objects, { snapshot: "APPDATA_SNAPSHOT-99" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(findPoint(objects, { dataset: "APPDATA_CONTAINER-99" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test.each(["", "yesterday", "1", "2026", "18.11.2026", "2026-13-01", "2026-11-18 12:00", "2026-11-18T12:00:00Z; x"])(
  "what is no moment is refused: %j",
  async (at) => {
    const { objects } = await aWeek();
    await expect(findPoint(objects, { dataset: dSource.reference, at })).rejects.toMatchObject({ code: "INPUT_INVALID" });
  },
);

test("a snapshot may be named itself, unless storage alone took it", async () => {
  const { objects } = await aWeek();
  expect(await findPoint(objects, { snapshot: "APPDATA_SNAPSHOT-12" })).toMatchObject({ name: "s12" });
  await expect(findPoint(objects, { snapshot: "APPDATA_SNAPSHOT-14" })).rejects.toMatchObject({ code: "STATE_UNSUITABLE" });
});

test("nothing starts from a dataset whose deletion could not be finished", async () => {
  const catalog = await aWeek();
  await catalog.transact((transaction) =>
    transaction.apply([{ collection: "datasets", update: dSource.reference, set: { stage: "DELETING" } }]),
  );
  for (const point of [{ dataset: dSource.reference }, { snapshot: "APPDATA_SNAPSHOT-13" as const }])
    await expect(findPoint(catalog.objects, point)).rejects.toMatchObject({
      code: "STATE_UNSUITABLE",
      message: expect.stringContaining("is being deleted") as string,
    });
});
