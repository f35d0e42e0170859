import { readdir } from "node:fs/promises";
import { Readable } from "node:stream";
import type { StorageDriver } from "@opendvp/core";
import { describe, expect, it } from "vitest";
import { ODD_NAME, type StorageHarness } from "../storage-harness.ts";
import { makeSnapshot, usePool } from "./open-pool.ts";

export function testLostPool(harness: StorageHarness): void {
  describe.skipIf(!harness.canVanish)("a pool that vanishes", () => {
    const pool = usePool(harness, () => harness.makePlace(ODD_NAME));

    it("is reported by every call, is not written beneath, and works again when it is back", async () => {
      const { driver, place, read, name } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "back again");
      await place.takeAway?.();
      for (const [call, work] of Object.entries(callsOf(driver, { dataset, snapshot, unused: name() }))) {
        await expect(work(), call).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
      }
      expect(await readdir(place.directory ?? place.location)).toEqual([]);
      await place.bringBack?.();
      expect(await read(snapshot, "SNAPSHOT", "file")).toBe("back again");
      await driver.snapshot({ dataset, name: name(), labels: {} });
      expect(await driver.strangers()).toEqual([]);
    });

    it.skipIf(!harness.canBecomeReadOnly)("is reported when it becomes read only", async () => {
      const { driver, place, name, names } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "x");
      const before = await names();
      await place.makeReadOnly?.();
      const gone = { code: "STORAGE_UNAVAILABLE" };
      await expect(driver.createDataset({ name: name(), labels: {} })).rejects.toMatchObject(gone);
      await expect(driver.clone({ snapshot, name: name(), labels: {} })).rejects.toMatchObject(gone);
      await expect(driver.deleteDataset(dataset)).rejects.toMatchObject(gone);
      expect(await names()).toEqual(before);
      await place.takeAway?.();
      await place.bringBack?.();
      await driver.deleteDataset(dataset);
    });
  });
}

function callsOf(
  driver: StorageDriver,
  names: { readonly dataset: string; readonly snapshot: string; readonly unused: string },
): Readonly<Record<string, () => Promise<unknown>>> {
  const { dataset, snapshot, unused } = names;
  const labels = { dataset: {}, snapshot: {} };
  return {
    createDataset: () => driver.createDataset({ name: unused, labels: {} }),
    snapshot: () => driver.snapshot({ dataset, name: unused, labels: {} }),
    clone: () => driver.clone({ snapshot, name: unused, labels: {} }),
    deleteDataset: () => driver.deleteDataset(dataset),
    deleteSnapshot: () => driver.deleteSnapshot(snapshot),
    makeReachable: () => driver.makeReachable(dataset),
    find: () => driver.find(dataset),
    list: () => driver.list(),
    setLabels: () => driver.setLabels(dataset, {}),
    strangers: () => driver.strangers(),
    usage: () => driver.usage(),
    datasetUsage: () => driver.datasetUsage(dataset),
    freedBytes: () => driver.freedBytes([dataset]),
    send: () => driver.send({ snapshot }),
    receive: () => driver.receive({ stream: Readable.from([]), dataset: unused, snapshot: "another-name", labels }),
  };
}
