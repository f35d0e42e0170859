import { randomBytes } from "node:crypto";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import type { StorageDriver } from "@opendvp/core";
import { btrfsTechnology } from "@opendvp/storage";
import { ODD_NAME, type StoragePlace } from "@opendvp/testkit";
import { afterEach, describe, expect, it } from "vitest";
import { BTRFS_PLACE, isRoot, loopPlace } from "../support/places.ts";

const MIB = 1024 ** 2;
const PLAIN_BTRFS_PLACE = loopPlace({ fileSystem: "btrfs", sizeBytes: 1024 * MIB });

describe.skipIf(!isRoot)("what deleting from a btrfs pool frees (needs root)", () => {
  let place: StoragePlace | undefined;
  afterEach(async () => {
    await place?.dispose();
  });

  async function openWith(make: (name: string) => Promise<StoragePlace>): Promise<StorageDriver> {
    place = await make(ODD_NAME);
    return btrfsTechnology.open(place.location);
  }

  async function freedBy(driver: StorageDriver, work: () => Promise<void>): Promise<number> {
    const before = await settled(driver);
    await work();
    return before - (await settled(driver));
  }

  async function settled(driver: StorageDriver): Promise<number> {
    const location = place?.location ?? "";
    await runProcess({ file: "btrfs", args: ["filesystem", "sync", location] });
    await runProcess({ file: "btrfs", args: ["subvolume", "sync", location] });
    await runProcess({ file: "btrfs", args: ["filesystem", "sync", location] });
    return (await driver.usage()).usedBytes;
  }

  it("is exact for one of a pool that does not compress, also where a clone has overwritten parts", async () => {
    const driver = await openWith(PLAIN_BTRFS_PLACE);
    await driver.createDataset({ name: "d", labels: {} });
    await writeFile(join(driver.pathOf("d", "DATASET"), "big"), randomBytes(16 * MIB), { flush: true });
    await driver.snapshot({ dataset: "d", name: "s", labels: {} });
    await driver.clone({ snapshot: "s", name: "c", labels: {} });
    await overwrite(join(driver.pathOf("c", "DATASET"), "big"), 3 * MIB);
    await writeFile(join(driver.pathOf("c", "DATASET"), "zeros"), Buffer.alloc(5 * MIB));
    const promised = await driver.freedBytes(["c"]);
    expect(promised).toEqual({ bytes: 8 * MIB, isExact: true });
    expect(Math.abs((await freedBy(driver, () => driver.deleteDataset("c"))) - promised.bytes)).toBeLessThan(MIB);
  });

  it("is a lower bound for several that share among themselves", async () => {
    const driver = await openWith(PLAIN_BTRFS_PLACE);
    await driver.createDataset({ name: "d", labels: {} });
    await writeFile(join(driver.pathOf("d", "DATASET"), "shared"), randomBytes(8 * MIB), { flush: true });
    await driver.snapshot({ dataset: "d", name: "s", labels: {} });
    await writeFile(join(driver.pathOf("d", "DATASET"), "own"), randomBytes(2 * MIB), { flush: true });
    expect(await driver.freedBytes(["d", "s"])).toEqual({ bytes: 2 * MIB, isExact: false });
    const freed = await freedBy(driver, async () => {
      await driver.deleteDataset("d");
      await driver.deleteSnapshot("s");
    });
    expect(freed).toBeGreaterThan(10 * MIB - MIB);
  });

  it("is a lower bound, never more than what is freed, in a pool that compresses", async () => {
    const driver = await openWith(BTRFS_PLACE);
    await driver.createDataset({ name: "d", labels: {} });
    await writeFile(join(driver.pathOf("d", "DATASET"), "zeros"), Buffer.alloc(64 * MIB), { flush: true });
    const promised = await driver.freedBytes(["d"]);
    expect(promised.isExact).toBe(false);
    expect(promised.bytes).toBeGreaterThan(0);
    const freed = await freedBy(driver, () => driver.deleteDataset("d"));
    expect(freed).toBeGreaterThanOrEqual(promised.bytes);
    expect(freed).toBeLessThan(8 * MIB);
  });
});

async function overwrite(path: string, lengthBytes: number): Promise<void> {
  const file = await open(path, "r+");
  await file.write(randomBytes(lengthBytes), 0, lengthBytes, 0);
  await file.sync();
  await file.close();
}
