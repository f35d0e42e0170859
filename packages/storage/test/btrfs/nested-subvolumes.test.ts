import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StorageDriver } from "@opendvp/core";
import { runProcess } from "@opendvp/subprocess";
import { btrfsTechnology } from "@opendvp/storage";
import { ODD_NAME, type StoragePlace } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BTRFS_PLACE, isRoot } from "../support/places.ts";

describe.skipIf(!isRoot)("deleting a btrfs dataset in which a user made subvolumes (needs root)", () => {
  let place: StoragePlace;
  let driver: StorageDriver;

  beforeAll(async () => {
    place = await BTRFS_PLACE(ODD_NAME);
    driver = await btrfsTechnology.open(place.location);
  });
  afterAll(async () => {
    await place.dispose();
  });

  async function bash(script: string): Promise<void> {
    const result = await runProcess({ file: "bash", args: ["-ec", script], cwd: driver.pathOf("d", "DATASET") });
    expect(result.exitCode, result.stderr).toBe(0);
  }

  async function deleteAndLook(): Promise<void> {
    await driver.deleteDataset("d");
    expect(await driver.find("d")).toBeUndefined();
    expect(await driver.strangers()).toEqual([]);
    for (const directory of ["staging", "datasets", "labels"]) expect(await readdir(join(place.location, directory))).toEqual([]);
  }

  it("deletes those too, nested ones and ones with odd names", async () => {
    await driver.createDataset({ name: "d", labels: {} });
    await bash(String.raw`
      mkdir -p a/b
      btrfs subvolume create a/b/one; btrfs subvolume create a/b/one/two; btrfs subvolume create a/b/one/two/three
      btrfs subvolume create "$(printf 'new\nline \377 bytes')"; btrfs subvolume create -- '-rf $(x)'
      btrfs subvolume snapshot -r a/b/one read-only
      echo x > a/b/one/two/file`);
    await deleteAndLook();
  });

  it("deletes a dataset that a user made read-only, with subvolumes inside", async () => {
    await driver.createDataset({ name: "d", labels: {} });
    await bash("btrfs subvolume create inside; btrfs property set -t subvol . ro true");
    await deleteAndLook();
  });

  it("touches nothing of another dataset that is mounted inside", async () => {
    await driver.createDataset({ name: "d", labels: {} });
    await driver.createDataset({ name: "other", labels: {} });
    await writeFile(join(driver.pathOf("other", "DATASET"), "precious"), "kept");
    await bash(`mkdir in; btrfs subvolume create nested; mount --bind ../ in`);
    try {
      await driver.deleteDataset("d").catch(() => undefined);
      expect(await readdir(driver.pathOf("other", "DATASET"))).toEqual(["precious"]);
      expect(await driver.find("other")).toBeDefined();
    } finally {
      await runProcess({ file: "umount", args: ["--", join(driver.pathOf("d", "DATASET"), "in")] });
    }
    await driver.deleteDataset("other");
    await deleteAndLook();
  });

  it("keeps subvolumes out of snapshots: there they are empty directories", async () => {
    await driver.createDataset({ name: "d", labels: {} });
    await bash("btrfs subvolume create inside; echo x > inside/file");
    await driver.snapshot({ dataset: "d", name: "s", labels: {} });
    expect(await readdir(join(driver.pathOf("s", "SNAPSHOT"), "inside"))).toEqual([]);
    await driver.deleteSnapshot("s");
    await deleteAndLook();
  });
});
