import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fingerprintOf, makeOddTree } from "../odd-tree.ts";
import type { StorageHarness } from "../storage-harness.ts";
import { usePool } from "./open-pool.ts";

export function testContent(harness: StorageHarness): void {
  describe("content", () => {
    const pool = usePool(harness);
    let original = "";

    beforeAll(async () => {
      const { driver } = pool();
      await driver.createDataset({ name: "odd", labels: {} });
      await makeOddTree(driver.pathOf("odd", "DATASET"));
      original = await fingerprintOf(driver.pathOf("odd", "DATASET"));
      await driver.snapshot({ dataset: "odd", name: "odd-snapshot", labels: {} });
    });

    it("keeps everything in snapshots and clones: links, holes, lists, attributes, odd names, owners, modes, times", async () => {
      const { driver, look } = pool();
      await driver.clone({ snapshot: "odd-snapshot", name: "odd-clone", labels: {} });
      expect(original.length).toBeGreaterThan(3000);
      expect(await look("odd-snapshot", "SNAPSHOT", fingerprintOf)).toBe(original);
      expect(await fingerprintOf(driver.pathOf("odd-clone", "DATASET"))).toBe(original);
    });

    it("keeps holes as holes", async () => {
      const { driver } = pool();
      await driver.clone({ snapshot: "odd-snapshot", name: "with-holes", labels: {} });
      for (const file of ["sparse", "all-hole"]) {
        const { blocks, size } = await stat(join(driver.pathOf("with-holes", "DATASET"), file));
        expect(blocks * 512).toBeLessThan(size / 10);
      }
    });

    it("keeps everything in what is sent and received", async () => {
      const { driver, look } = pool();
      const stream = await driver.send({ snapshot: "odd-snapshot" });
      await driver.receive({ stream, dataset: "received", snapshot: "received-snapshot", labels: { dataset: {}, snapshot: {} } });
      expect(await fingerprintOf(driver.pathOf("received", "DATASET"))).toBe(original);
      expect(await look("received-snapshot", "SNAPSHOT", fingerprintOf)).toBe(original);
    });

    it("lets a snapshot stay as it is whatever happens to its dataset and clones", async () => {
      const { driver, look } = pool();
      await driver.clone({ snapshot: "odd-snapshot", name: "scratch", labels: {} });
      for (const name of ["odd", "scratch"]) {
        await writeFile(join(driver.pathOf(name, "DATASET"), "deep", "random"), "overwritten");
        await driver.deleteDataset(name);
      }
      expect(await look("odd-snapshot", "SNAPSHOT", fingerprintOf)).toBe(original);
    });

    // Plain directories cannot be protected from the engine's own user; what has no path is out of reach.
    it.skipIf(!harness.isAtomic || !harness.showsSnapshots)("refuses writes into a snapshot", async () => {
      const { driver } = pool();
      const path = driver.pathOf("odd-snapshot", "SNAPSHOT");
      await expect(writeFile(join(path, "deep", "random"), "overwritten")).rejects.toThrow("EROFS");
      await expect(writeFile(join(path, "new"), "")).rejects.toThrow("EROFS");
    });
  });
}
