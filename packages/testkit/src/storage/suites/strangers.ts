import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { StorageHarness } from "../storage-harness.ts";
import { makeSnapshot, usePool } from "./open-pool.ts";

export function testStrangers(harness: StorageHarness): void {
  describe("strangers in the pool", () => {
    const pool = usePool(harness);

    it("are none in a pool of its own making", async () => {
      await makeSnapshot(pool(), "x");
      expect(await pool().driver.strangers()).toEqual([]);
    });

    it("are reported, not listed, and never touched", async () => {
      const { driver, place, reopen, name } = pool();
      const { dataset, snapshot } = await makeSnapshot(pool(), "x");
      const ours = await driver.list();
      const beside = dirname(driver.pathOf(dataset, "DATASET"));
      const directory = place.directory ?? place.location;
      const besideSnapshots = harness.showsSnapshots ? [join(dirname(driver.pathOf(snapshot, "SNAPSHOT")), "their-snapshot")] : [];
      const places = [join(directory, "a stranger\n"), join(beside, "their-dataset"), ...besideSnapshots];
      for (const stranger of places) {
        await mkdir(stranger);
        await writeFile(join(stranger, "precious"), "theirs");
      }
      for (const opened of [driver, await reopen()]) {
        expect(await opened.list()).toEqual(ours);
        expect((await opened.strangers()).map((path) => join(directory, path)).sort()).toEqual([...places].sort());
        expect(await opened.find("their-dataset")).toBeUndefined();
      }
      await driver.deleteDataset("their-dataset");
      await driver.deleteSnapshot("their-snapshot");
      await expect(driver.createDataset({ name: "their-dataset", labels: {} })).rejects.toMatchObject({ code: "NAME_TAKEN" });
      await expect(driver.snapshot({ dataset: "their-dataset", name: name(), labels: {} })).rejects.toMatchObject({ code: "NOT_FOUND" });
      for (const stranger of places) expect(await readFile(join(stranger, "precious"), "utf8")).toBe("theirs");
      for (const stranger of places) await rm(stranger, { recursive: true });
      expect(await driver.strangers()).toEqual([]);
    });
  });
}
