import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { StorageDriver } from "@opendvp/core";
import { runProcess } from "@opendvp/subprocess";
import { describe, expect, it } from "vitest";
import type { StorageHarness } from "../storage-harness.ts";
import { usePool, type OpenPool } from "./open-pool.ts";

const MIB = 1024 * 1024;

export function testUsage(harness: StorageHarness): void {
  describe("usage", () => {
    const pool = usePool(harness);

    it("tells the size of the pool and what is free", async () => {
      const { sizeBytes, usedBytes, freeBytes } = await pool().driver.usage();
      expect(sizeBytes).toBeGreaterThan(300 * MIB);
      expect(freeBytes).toBeGreaterThan(200 * MIB);
      expect(usedBytes + freeBytes).toBeLessThanOrEqual(sizeBytes * 1.01);
    });

    it("tells what a dataset holds and what of it is its own", async () => {
      const { driver } = pool();
      const { dataset, snapshot, clone } = await makeFamily(pool());
      const [ofDataset, ofSnapshot, ofClone] = [
        await driver.datasetUsage(dataset),
        await driver.datasetUsage(snapshot),
        await driver.datasetUsage(clone),
      ];
      for (const usage of [ofDataset, ofSnapshot]) expect(usage.referencedBytes / (8 * MIB)).toBeCloseTo(1, 1);
      expect(ofClone.referencedBytes / (10 * MIB)).toBeCloseTo(1, 1);
      if (driver.capabilities.thinClones) {
        expect([ofDataset.exclusiveBytes, ofSnapshot.exclusiveBytes]).toEqual([0, 0]);
        // A back end may count metadata as well.
        expect(ofClone.exclusiveBytes / (2 * MIB)).toBeGreaterThan(0.95);
        expect(ofClone.exclusiveBytes / (2 * MIB)).toBeLessThan(1.15);
      } else {
        expect(ofDataset.exclusiveBytes).toBe(ofDataset.referencedBytes);
      }
    });

    // Beside other users of a file system, what it frees cannot be measured.
    it.skipIf(!harness.canVanish)("tells what a deletion frees: exactly, or less than what is freed", async () => {
      const { driver } = pool();
      const { dataset, snapshot, clone } = await makeFamily(pool());
      await checkAgainstDeletion(pool(), [clone]);
      await checkAgainstDeletion(pool(), [dataset, snapshot]);
      expect(await driver.freedBytes([])).toEqual({ bytes: 0, isExact: true });
    });
  });
}

/** A dataset of 8 MiB, its snapshot, and a clone with 2 MiB of its own. */
async function makeFamily({
  driver,
  name,
}: OpenPool): Promise<{ readonly dataset: string; readonly snapshot: string; readonly clone: string }> {
  const [dataset, snapshot, clone] = [name(), name(), name()];
  await driver.createDataset({ name: dataset, labels: {} });
  await writeFile(join(driver.pathOf(dataset, "DATASET"), "big"), randomBytes(8 * MIB));
  await driver.snapshot({ dataset, name: snapshot, labels: {} });
  await driver.clone({ snapshot, name: clone, labels: {} });
  await writeFile(join(driver.pathOf(clone, "DATASET"), "own"), randomBytes(2 * MIB));
  return { dataset, snapshot, clone };
}

async function checkAgainstDeletion({ driver, place }: OpenPool, names: readonly string[]): Promise<void> {
  const promised = await driver.freedBytes(names);
  const before = await settledUsage(driver, place.directory ?? place.location);
  for (const name of names)
    await ((await driver.find(name))?.kind === "SNAPSHOT" ? driver.deleteSnapshot(name) : driver.deleteDataset(name));
  const freed = before - (await settledUsage(driver, place.directory ?? place.location));
  // Metadata comes on top of what was promised, or other files of the machine's file system move a little.
  expect(freed).toBeGreaterThan(promised.bytes - MIB);
  if (promised.isExact) expect(freed).toBeLessThan(promised.bytes + MIB);
}

/** Used bytes once the back end has done in the background what deletions left to it. */
async function settledUsage(driver: StorageDriver, location: string): Promise<number> {
  let last = -1;
  for (let times = 0; times < 40; times += 1) {
    await runProcess({ file: "sync", args: ["--file-system", "--", location] });
    const { usedBytes } = await driver.usage();
    if (usedBytes === last) return usedBytes;
    last = usedBytes;
    await setTimeout(150);
  }
  return last;
}
