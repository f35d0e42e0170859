import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { reflinkTechnology } from "@opendvp/storage";
import { makeLoopFileSystem, makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BTRFS_PLACE, isRoot } from "../support/places.ts";

describe.skipIf(!isRoot)("opening a reflink pool (needs root)", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await makeTestDirectory();
  });
  afterAll(() => removeTestDirectory(directory));

  it("is refused, with what to do, where files cannot share blocks, and leaves nothing there", async () => {
    const { mountPath } = await makeLoopFileSystem({ directory, name: "ext4", fileSystem: "ext4", sizeBytes: 32 * 1024 ** 2 });
    await mkdir(join(mountPath, "there"));
    for (const name of ["there", "absent"]) {
      await expect(reflinkTechnology.open(join(mountPath, name))).rejects.toMatchObject({
        code: "STORAGE_UNSUITABLE",
        action: expect.stringContaining("XFS") as string,
      });
    }
    expect((await readdir(mountPath)).filter((entry) => entry !== "lost+found")).toEqual(["there"]);
    expect(await readdir(join(mountPath, "there"))).toEqual([]);
  });

  it("works on btrfs too", async () => {
    const place = await BTRFS_PLACE("btrfs");
    try {
      const driver = await reflinkTechnology.open(join(place.location, "pool"));
      expect(driver.capabilities).toMatchObject({ thinClones: true, atomicSnapshots: false, acls: true, xattrs: true });
      await driver.createDataset({ name: "d", labels: {} });
      await driver.snapshot({ dataset: "d", name: "s", labels: {} });
      await driver.clone({ snapshot: "s", name: "c", labels: {} });
      expect(await driver.freedBytes(["c"])).toEqual({ bytes: 0, isExact: false });
    } finally {
      await place.dispose();
    }
  });
});
