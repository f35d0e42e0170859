import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { btrfsTechnology, copyTechnology } from "@opendvp/storage";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRoot } from "../support/places.ts";

describe("opening a pool", () => {
  let directory = "";
  let location = "";

  beforeEach(async () => {
    directory = await makeTestDirectory();
    location = join(directory, "pool");
  });
  afterEach(async () => {
    await removeTestDirectory(directory);
  });

  async function changeIdentity(change: (identity: Record<string, unknown>) => unknown): Promise<void> {
    const file = join(location, "pool.json");
    const identity = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
    await writeFile(file, JSON.stringify(change(identity)));
  }

  it("adopts what is there", async () => {
    const first = await copyTechnology.open(location);
    await first.createDataset({ name: "d", labels: { a: 1 } });
    const second = await copyTechnology.open(location);
    expect(await second.list()).toEqual([{ name: "d", kind: "DATASET", parent: null, labels: { a: 1 } }]);
  });

  it("makes nothing where a pool must exist", async () => {
    await expect(copyTechnology.open(location, { mustExist: true })).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    await expect(readdir(location)).rejects.toMatchObject({ code: "ENOENT" });
    await copyTechnology.open(location);
    await copyTechnology.open(location, { mustExist: true });
  });

  it("finishes a pool whose making was cut off", async () => {
    await mkdir(join(location, "datasets"), { recursive: true });
    await mkdir(join(location, "staging"));
    await writeFile(join(location, ".new-pool.json"), '{"for');
    const driver = await copyTechnology.open(location);
    await driver.createDataset({ name: "d", labels: {} });
    expect([await driver.strangers(), await readdir(join(location, "staging"))]).toEqual([[], []]);
  });

  it("refuses a pool of another back end, of a later format, or damaged, and changes nothing", async () => {
    await copyTechnology.open(location);
    const file = join(location, "pool.json");
    const original = await readFile(file, "utf8");
    for (const change of [
      (identity: Record<string, unknown>) => ({ ...identity, technology: "btrfs" }),
      (identity: Record<string, unknown>) => ({ ...identity, format: 2 }),
      () => "not an object",
      () => ({}),
    ]) {
      await changeIdentity(change);
      const changed = await readFile(file, "utf8");
      await expect(copyTechnology.open(location)).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
      expect(await readFile(file, "utf8")).toBe(changed);
      await writeFile(file, original);
    }
    await copyTechnology.open(location);
  });

  it("is not fooled by another pool that takes its place", async () => {
    const driver = await copyTechnology.open(location);
    await changeIdentity((identity) => ({ ...identity, id: "another" }));
    await expect(driver.list()).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    await expect(driver.createDataset({ name: "d", labels: {} })).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    expect(await readdir(join(location, "datasets"))).toEqual([]);
  });

  it("refuses locations that are no absolute, plain path", async () => {
    for (const wrong of ["", "relative", "/", `${location}/`, `${location}/../x`, "/a\0b"]) {
      await expect(copyTechnology.open(wrong)).rejects.toMatchObject({ code: "PATH_INVALID" });
      await expect(btrfsTechnology.open(wrong)).rejects.toMatchObject({ code: "PATH_INVALID" });
    }
  });

  it("as btrfs refuses a directory of another file system and leaves it alone", async () => {
    const parent = isRoot ? "/dev/shm" : directory;
    const other = join(parent, `opendvp-test-${process.pid}`);
    await expect(btrfsTechnology.open(other)).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
    expect(await readdir(parent)).not.toContain(`opendvp-test-${process.pid}`);
  });

  it("keeps a damaged label file as a stranger, and the rest of the pool works", async () => {
    const driver = await copyTechnology.open(location);
    for (const name of ["damaged", "fine", "later"]) await driver.createDataset({ name, labels: {} });
    await writeFile(join(location, "labels", "damaged.json"), '{"format":1,');
    await writeFile(join(location, "labels", "later.json"), '{"format":2,"name":"later","kind":"DATASET","parent":null,"labels":{}}');
    expect((await driver.list()).map((object) => object.name)).toEqual(["fine"]);
    expect(await driver.strangers()).toEqual(["datasets/damaged", "datasets/later", "labels/damaged.json", "labels/later.json"]);
    await expect(driver.deleteDataset("damaged")).rejects.toMatchObject({ code: "STORAGE_FAILED" });
    expect(await readdir(join(location, "datasets"))).toEqual(["damaged", "fine", "later"]);
    await rm(join(location, "labels", "damaged.json"));
  });
});
