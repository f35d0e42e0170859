import { readdir, stat } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { StorageHarness } from "../storage-harness.ts";
import { makeSnapshot, usePool } from "./open-pool.ts";

const ODD_LABELS = {
  name: "Größe 'quoted' \"twice\" \\ $(x) `y` 漢字 🦊",
  lines: "one\ntwo\r\n\tthree\0four",
  empty: "",
  nothing: null,
  yes: true,
  number: -1.5e-7,
  list: [1, "two", { three: [] }],
  "a key with\nodd = characters": { nested: { deeply: "x" } },
};

export function testLabels(harness: StorageHarness): void {
  describe("labels", () => {
    const pool = usePool(harness);

    it("keeps any JSON, also across a restart", async () => {
      const { driver, name, reopen } = pool();
      const [dataset, snapshot, clone] = [name(), name(), name()];
      await driver.createDataset({ name: dataset, labels: ODD_LABELS });
      await driver.snapshot({ dataset, name: snapshot, labels: { ...ODD_LABELS, own: 1 } });
      await driver.clone({ snapshot, name: clone, labels: { ...ODD_LABELS, own: 2 } });
      const again = await reopen();
      expect((await again.find(dataset))?.labels).toEqual(ODD_LABELS);
      const all = new Map((await again.list()).map((object) => [object.name, object.labels]));
      expect(all.get(snapshot)).toEqual({ ...ODD_LABELS, own: 1 });
      expect(all.get(clone)).toEqual({ ...ODD_LABELS, own: 2 });
    });

    it("keeps values of a hundred thousand bytes", async () => {
      const { driver, name } = pool();
      const dataset = name();
      const labels = { data: "ü\n".repeat(50_000) };
      await driver.createDataset({ name: dataset, labels });
      expect((await driver.find(dataset))?.labels).toEqual(labels);
    });

    it("replaces labels and changes nothing else", async () => {
      const { driver, read } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "content");
      await driver.setLabels(snapshot, { second: "2" });
      await driver.setLabels(snapshot, ODD_LABELS);
      expect(await driver.find(snapshot)).toEqual({ name: snapshot, kind: "SNAPSHOT", parent: dataset, labels: ODD_LABELS });
      expect(await read(snapshot, "SNAPSHOT", "file")).toBe("content");
      await expect(driver.setLabels("never-was-there", {})).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(await driver.find("never-was-there")).toBeUndefined();
    });

    it("keeps labels out of users' data and away from other users", async () => {
      const { driver, name, place } = pool();
      const dataset = name();
      await driver.createDataset({ name: dataset, labels: { word: "label-word" } });
      const path = driver.pathOf(dataset, "DATASET");
      expect(await readdir(path)).toEqual([]);
      expect((await stat(place.directory ?? place.location)).mode & 0o777).toBe(0o700);
    });
  });
}
