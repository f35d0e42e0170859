import { describe, expect, it } from "vitest";
import type { StorageHarness } from "../storage-harness.ts";
import { makeSnapshot, usePool } from "./open-pool.ts";

const MALFORMED = [
  "",
  ".",
  "..",
  "-rf",
  ".hidden",
  "a/b",
  "../escape",
  "with space",
  "new\nline",
  "quo'te",
  "ünicode",
  "a\0b",
  "a+b",
  "x".repeat(121),
];

export function testNames(harness: StorageHarness): void {
  describe("names", () => {
    const pool = usePool(harness);

    it.each(MALFORMED)("refuses the malformed name %j", async (name) => {
      const { driver } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "x");
      const before = [await driver.list(), await driver.strangers()];
      const refused = expect.objectContaining({ code: "NAME_INVALID" });
      await expect(driver.createDataset({ name, labels: {} })).rejects.toEqual(refused);
      await expect(driver.snapshot({ dataset, name, labels: {} })).rejects.toEqual(refused);
      await expect(driver.clone({ snapshot, name, labels: {} })).rejects.toEqual(refused);
      await expect(driver.deleteDataset(name)).rejects.toEqual(refused);
      await expect(driver.deleteSnapshot(name)).rejects.toEqual(refused);
      await expect(driver.find(name)).rejects.toEqual(refused);
      expect(() => driver.pathOf(name, "DATASET")).toThrow(refused);
      expect([await driver.list(), await driver.strangers()]).toEqual(before);
    });

    it("takes names of 120 characters with dots and dashes", async () => {
      const { driver, read, write } = pool();
      const dataset = `9.${"x-_.".repeat(29)}Zz`;
      expect(dataset).toHaveLength(120);
      await driver.createDataset({ name: dataset, labels: {} });
      await write(dataset, "file", "here");
      expect(await read(dataset, "DATASET", "file")).toBe("here");
      await driver.deleteDataset(dataset);
    });

    it("refuses a name in use, for datasets and snapshots alike, and changes nothing", async () => {
      const { driver, read, name } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "precious");
      const taken = { code: "NAME_TAKEN" };
      for (const inUse of [dataset, snapshot]) {
        await expect(driver.createDataset({ name: inUse, labels: { new: 1 } })).rejects.toMatchObject(taken);
        await expect(driver.snapshot({ dataset, name: inUse, labels: { new: 1 } })).rejects.toMatchObject(taken);
        await expect(driver.clone({ snapshot, name: inUse, labels: { new: 1 } })).rejects.toMatchObject(taken);
        const stream = await driver.send({ snapshot });
        const labels = { dataset: {}, snapshot: {} };
        await expect(driver.receive({ stream, dataset: inUse, snapshot: name(), labels })).rejects.toMatchObject(taken);
      }
      expect(await driver.find(dataset)).toMatchObject({ kind: "DATASET", labels: {} });
      expect(await driver.find(snapshot)).toMatchObject({ kind: "SNAPSHOT", labels: {} });
      expect(await read(dataset, "DATASET", "file")).toBe("precious");
      expect(await read(snapshot, "SNAPSHOT", "file")).toBe("precious");
    });

    it("says which parent is missing and makes nothing", async () => {
      const { driver, name, names } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "x");
      const before = await names();
      const missing = { code: "NOT_FOUND" };
      const made = name();
      await expect(driver.snapshot({ dataset: "gone", name: made, labels: {} })).rejects.toMatchObject(missing);
      await expect(driver.snapshot({ dataset: snapshot, name: made, labels: {} })).rejects.toMatchObject(missing);
      await expect(driver.clone({ snapshot: "gone", name: made, labels: {} })).rejects.toMatchObject(missing);
      await expect(driver.clone({ snapshot: dataset, name: made, labels: {} })).rejects.toMatchObject(missing);
      await expect(driver.send({ snapshot: "gone" })).rejects.toMatchObject(missing);
      await expect(driver.send({ snapshot, from: "gone" })).rejects.toMatchObject(missing);
      await expect(driver.datasetUsage("gone")).rejects.toMatchObject(missing);
      await expect(driver.freedBytes([snapshot, "gone"])).rejects.toMatchObject(missing);
      expect(await names()).toEqual(before);
      await driver.createDataset({ name: made, labels: {} });
    });
  });
}
