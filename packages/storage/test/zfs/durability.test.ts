import { constants } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StorageDriver } from "@opendvp/core";
import { zfsTechnology } from "@opendvp/storage";
import { canUseZfs, makeLoopFileSystem, makeTestDirectory, makeZfsTestPool, removeTestDirectory, type ZfsTestPool } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const labels = { label: "x".repeat(5000) };

describe.skipIf(!canUseZfs())("after a power cut, a ZFS pool (needs root, and ZFS or zfs-fuse)", () => {
  let directory = "";
  let outerPath = "";
  let pool: ZfsTestPool;
  let driver: StorageDriver;

  beforeAll(async () => {
    directory = await makeTestDirectory();
    outerPath = (await makeLoopFileSystem({ directory, name: "outer", fileSystem: "btrfs", sizeBytes: 1024 ** 3 })).mountPath;
    pool = await makeZfsTestPool({ directory, imageDirectory: outerPath, name: "inner", sizeBytes: 256 * 1024 ** 2 });
    driver = await zfsTechnology.open(pool.name);
  });
  afterAll(() => removeTestDirectory(directory));

  /** Goes on with the pool as it would be had the power gone now: what was only in memory is lost. */
  async function shownAfterCut(): Promise<readonly string[]> {
    const kept = join(outerPath, "kept");
    // A clone of all blocks at one moment.
    await copyFile(pool.imagePath, kept, constants.COPYFILE_FICLONE_FORCE);
    await pool.exportPool();
    await copyFile(kept, pool.imagePath, constants.COPYFILE_FICLONE_FORCE);
    await pool.importPool();
    driver = await zfsTechnology.open(pool.name);
    expect(await driver.strangers()).toEqual([]);
    return (await driver.list()).map((object) => object.name);
  }

  const contentOf = (dataset: string): Promise<string | undefined> =>
    readFile(join(driver.pathOf(dataset, "DATASET"), "file"), "utf8").catch(() => undefined);

  it("loses what was written by nobody's wish to keep it, so the cut is one", async () => {
    await driver.createDataset({ name: "d", labels });
    await writeFile(join(driver.pathOf("d", "DATASET"), "file"), "only in memory");
    expect(await shownAfterCut()).toEqual(["d"]);
    expect(await contentOf("d")).toBeUndefined();
  });

  it("has every dataset, snapshot and clone with its labels", async () => {
    await writeFile(join(driver.pathOf("d", "DATASET"), "file"), "kept by the snapshot");
    await driver.snapshot({ dataset: "d", name: "s", labels });
    expect(await shownAfterCut()).toEqual(["d", "s"]);
    await driver.clone({ snapshot: "s", name: "c", labels });
    expect(await shownAfterCut()).toEqual(["c", "d", "s"]);
    expect([(await driver.find("c"))?.labels, await contentOf("c")]).toEqual([labels, "kept by the snapshot"]);
    await driver.setLabels("c", { changed: true });
    expect(await shownAfterCut()).toEqual(["c", "d", "s"]);
    expect((await driver.find("c"))?.labels).toEqual({ changed: true });
  });

  it("has what was received, and nothing that was deleted", async () => {
    const request = { dataset: "r", snapshot: "rs", labels: { dataset: {}, snapshot: {} } };
    await driver.receive({ ...request, stream: await driver.send({ snapshot: "s" }) });
    expect(await shownAfterCut()).toEqual(["c", "d", "r", "rs", "s"]);
    expect(await contentOf("r")).toBe("kept by the snapshot");
    await driver.deleteDataset("d");
    expect(await shownAfterCut()).toEqual(["c", "r", "rs", "s"]);
    for (const name of ["c", "r"]) await driver.deleteDataset(name);
    for (const name of ["s", "rs"]) await driver.deleteSnapshot(name);
    expect(await shownAfterCut()).toEqual([]);
  });
});
