import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyTechnology } from "@opendvp/storage";
import { makeLoopFileSystem, makeTestDirectory, removeTestDirectory, succeed } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot } from "../support/places.ts";

const MIB = 1024 ** 2;

describe.skipIf(!isRoot)("what a pool's file system can keep (needs root)", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await makeTestDirectory();
  });
  afterAll(() => removeTestDirectory(directory));

  it("is what it was where there is room for an empty file, and none for its attributes", async () => {
    // In so small an inode, an access control list needs a block of its own.
    const small = { name: "small", fileSystem: "ext4", makingOptions: ["-I", "128"] } as const;
    const { mountPath } = await makeLoopFileSystem({ directory, sizeBytes: 16 * MIB, ...small });
    const driver = await copyTechnology.open(mountPath);
    expect(driver.capabilities).toMatchObject({ acls: true, xattrs: true });
    await driver.createDataset({ name: "d", labels: {} });
    const filler = join(driver.pathOf("d", "DATASET"), "filler");
    for (const size of [MIB, 4096, 1024]) for (let number = 0; await fits(`${filler}-${size}-${number}`, size); number += 1);
    await writeFile(join(mountPath, "staging", "empty"), "");
    expect((await copyTechnology.open(mountPath)).capabilities).toEqual(driver.capabilities);
  });

  it("is tried out anew when it is mounted in another way", async () => {
    const { mountPath } = await makeLoopFileSystem({ directory, name: "noacl", fileSystem: "btrfs", sizeBytes: 128 * MIB });
    expect((await copyTechnology.open(mountPath)).capabilities).toMatchObject({ acls: true, xattrs: true });
    await succeed("mount", ["-o", "remount,noacl", mountPath]);
    expect((await copyTechnology.open(mountPath)).capabilities).toMatchObject({ acls: false, xattrs: true });
  });
});

async function fits(path: string, sizeBytes: number): Promise<boolean> {
  try {
    await writeFile(path, Buffer.alloc(sizeBytes, "x"), { flush: true });
    return true;
  } catch {
    return false;
  }
}
