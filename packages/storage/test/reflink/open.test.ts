import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reflinkTechnology } from "@opendvp/storage";
import { runProcess } from "@opendvp/subprocess";
import { makeLoopFileSystem, makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BTRFS_PLACE, canMakeXfs, isRoot } from "../support/places.ts";

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

  it.skipIf(!canMakeXfs)("works on a full XFS, where nothing more can be tried out, and tells the same of it", async () => {
    const { mountPath } = await makeLoopFileSystem({ directory, name: "xfs", fileSystem: "xfs", sizeBytes: 300 * 1024 ** 2 });
    const location = join(mountPath, "pool");
    const driver = await reflinkTechnology.open(location);
    await driver.createDataset({ name: "d", labels: {} });
    for (const size of ["64M", "1M", "4K"])
      for (let number = 0; await allocates(join(location, "datasets/d", size + String(number)), size); number += 1);
    const again = await reflinkTechnology.open(location);
    expect(again.capabilities).toEqual(driver.capabilities);
    await again.deleteDataset("d");
    expect([await again.list(), await again.strangers()]).toEqual([[], []]);
  });

  it("clears what a crash left of trying out whether files can share blocks", async () => {
    const place = await BTRFS_PLACE("crashed");
    try {
      await mkdir(join(place.location, ".probe"));
      await writeFile(join(place.location, ".probe", "one"), "x");
      expect(await (await reflinkTechnology.open(place.location)).strangers()).toEqual([]);
    } finally {
      await place.dispose();
    }
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

async function allocates(path: string, size: string): Promise<boolean> {
  return (await runProcess({ file: "fallocate", args: ["-l", size, path] })).exitCode === 0;
}
