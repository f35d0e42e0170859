import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canUseZfs } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openZfsPool, type OpenZfsPool } from "../support/zfs-pool.ts";

const MIB = 1024 ** 2;

describe.skipIf(!canUseZfs())("what ZFS ties together (needs root, and ZFS or zfs-fuse)", () => {
  let pool: OpenZfsPool;
  beforeAll(async () => {
    pool = await openZfsPool();
  });
  afterAll(() => pool.dispose());

  const fileOf = (dataset: string, file: string): string => join(pool.driver.pathOf(dataset, "DATASET"), file);

  async function makeFamily(): Promise<void> {
    await pool.driver.createDataset({ name: "d", labels: {} });
    await writeFile(fileOf("d", "file"), "first");
    await pool.driver.snapshot({ dataset: "d", name: "s1", labels: {} });
    await writeFile(fileOf("d", "file"), "second");
    await pool.driver.snapshot({ dataset: "d", name: "s2", labels: {} });
  }

  async function deleteAll(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await pool.driver.deleteDataset(name);
      await pool.driver.deleteSnapshot(name);
    }
    expect(await pool.everything()).toEqual([]);
    expect(await pool.driver.strangers()).toEqual([]);
  }

  it("keeps a deleted dataset as the unmounted holder of its snapshots, which takes no space, until the last of them goes", async () => {
    await makeFamily();
    await writeFile(fileOf("d", "noise"), randomBytes(8 * MIB));
    const { exclusiveBytes } = await pool.driver.datasetUsage("d");
    expect(exclusiveBytes).toBeGreaterThan(7 * MIB);
    await pool.driver.deleteDataset("d");
    expect(await pool.everything()).toEqual(["datasets/d", "datasets/d@s1", "datasets/d@s2"]);
    expect(await pool.valueOf("opendvp:holder", "datasets/d")).toBe("d");
    expect([await pool.valueOf("mounted", "datasets/d"), await pool.valueOf("canmount", "datasets/d")]).toEqual(["no", "noauto"]);
    expect(Number(await pool.valueOf("used", "datasets/d"))).toBeLessThan(MIB);
    expect((await pool.driver.list()).map(({ name }) => name)).toEqual(["s1", "s2"]);
    await pool.driver.deleteSnapshot("s2");
    await pool.driver.clone({ snapshot: "s1", name: "c", labels: {} });
    expect(await readFile(fileOf("c", "file"), "utf8")).toBe("first");
    await pool.driver.deleteDataset("c");
    await deleteAll("s1");
  });

  it("hands a deleted dataset's snapshots to a copy of the latest, and finds them there", async () => {
    await makeFamily();
    await pool.driver.clone({ snapshot: "s2", name: "c", labels: {} });
    await pool.driver.deleteDataset("d");
    expect(await pool.everything()).toEqual(["datasets/c", "datasets/c@s1", "datasets/c@s2"]);
    expect(await pool.driver.find("s1")).toMatchObject({ kind: "SNAPSHOT", parent: "d" });
    await pool.driver.clone({ snapshot: "s1", name: "of-first", labels: {} });
    expect(await readFile(fileOf("of-first", "file"), "utf8")).toBe("first");
    await deleteAll("c", "s1", "s2", "of-first");
  });

  it("hides a deleted snapshot that has copies, and lets it go with the last of them", async () => {
    await makeFamily();
    for (const name of ["one", "two"]) await pool.driver.clone({ snapshot: "s1", name, labels: {} });
    await pool.driver.deleteSnapshot("s1");
    expect(await pool.driver.find("s1")).toBeUndefined();
    await expect(pool.driver.clone({ snapshot: "s1", name: "three", labels: {} })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await pool.driver.deleteDataset("one");
    expect(await pool.everything()).toContain("datasets/d@s1");
    // That snapshot goes too, with what it has alone.
    expect(await pool.driver.freedBytes(["two"])).toMatchObject({ isExact: false });
    await pool.driver.deleteDataset("two");
    expect(await pool.everything()).toEqual(["datasets/d", "datasets/d@s2"]);
    await deleteAll("d", "s2");
  });

  it("leaves no holder behind a long chain of copies of copies, each of which goes", async () => {
    await makeFamily();
    for (let link = 1; link <= 4; link++) {
      await pool.driver.clone({ snapshot: link === 1 ? "s2" : `link-s${link - 1}`, name: `link${link}`, labels: {} });
      await pool.driver.snapshot({ dataset: `link${link}`, name: `link-s${link}`, labels: {} });
    }
    await pool.driver.deleteDataset("d");
    for (const name of ["s1", "s2", "link-s1", "link-s2"]) await pool.driver.deleteSnapshot(name);
    for (const name of ["link1", "link2"]) await pool.driver.deleteDataset(name);
    expect((await pool.everything()).filter((handle) => !handle.includes("@"))).toEqual(["datasets/link3", "datasets/link4"]);
    expect(await readFile(fileOf("link4", "file"), "utf8")).toBe("second");
    await deleteAll("link3", "link-s3", "link4", "link-s4");
  });

  it("lets a deleted snapshot's space go also when a crash came before its holder was rolled back", async () => {
    await makeFamily();
    await writeFile(fileOf("d", "noise"), randomBytes(8 * MIB));
    await pool.driver.snapshot({ dataset: "d", name: "s3", labels: {} });
    await pool.driver.deleteDataset("d");
    await pool.driver.deleteSnapshot("s2");
    await pool.zfs("destroy", "-d", `${pool.root}/datasets/d@s3`);
    expect(Number(await pool.valueOf("used", "datasets/d"))).toBeGreaterThan(7 * MIB);
    await pool.driver.deleteSnapshot("s3");
    expect(Number(await pool.valueOf("used", "datasets/d"))).toBeLessThan(MIB);
    await pool.driver.deleteSnapshot("s1");
    expect(await pool.everything()).toEqual([]);
  });

  it("cleans up after one dataset though another one cannot be", async () => {
    const nightly = (dataset: string): Promise<void> => pool.zfs("snapshot", `${pool.root}/datasets/${dataset}@nightly`);
    for (const name of ["one", "two"]) {
      await pool.driver.createDataset({ name, labels: {} });
      if (name === "one") await nightly(name);
      await pool.driver.snapshot({ dataset: name, name: `${name}-s`, labels: {} });
      await pool.driver.clone({ snapshot: `${name}-s`, name: `${name}-copy`, labels: {} });
    }
    // Promoted, it would have two snapshots of the same name.
    await nightly("one-copy");
    for (const name of ["one", "two"]) await pool.driver.deleteDataset(name);
    const datasets = (await pool.everything()).filter((handle) => !handle.includes("@"));
    expect(datasets).toEqual(["datasets/one", "datasets/one-copy", "datasets/two-copy"]);
    for (const name of ["one", "one-copy"]) await pool.zfs("destroy", `${pool.root}/datasets/${name}@nightly`);
    await deleteAll("one-copy", "one-s", "two-copy", "two-s");
  });

  it("never touches a snapshot that somebody else takes, and deletes its dataset once that has gone", async () => {
    await makeFamily();
    await pool.zfs("snapshot", `${pool.root}/datasets/d@nightly`);
    expect(await pool.driver.strangers()).toEqual(["datasets/d@nightly"]);
    for (const name of ["s1", "s2"]) await pool.driver.deleteSnapshot(name);
    await pool.driver.deleteDataset("d");
    expect(await pool.everything()).toEqual(["datasets/d", "datasets/d@nightly"]);
    expect(await pool.driver.list()).toEqual([]);
    await pool.zfs("destroy", `${pool.root}/datasets/d@nightly`);
    await pool.driver.createDataset({ name: "other", labels: {} });
    await deleteAll("other");
  });

  it("never touches a dataset of somebody else that has the name it is asked to make or delete", async () => {
    await pool.zfs("create", `${pool.root}/datasets/theirs`);
    await writeFile(fileOf("theirs", "precious"), "kept");
    await expect(pool.driver.createDataset({ name: "theirs", labels: {} })).rejects.toMatchObject({ code: "NAME_TAKEN" });
    await pool.driver.deleteDataset("theirs");
    expect(await readdir(pool.driver.pathOf("theirs", "DATASET"))).toEqual(["precious"]);
    expect(await pool.driver.strangers()).toEqual(["datasets/theirs"]);
    await pool.zfs("destroy", `${pool.root}/datasets/theirs`);
  });

  it("keeps what has lost its label, as when the pool's own dataset was rolled back, whoever asks for its name", async () => {
    await makeFamily();
    const { driver } = pool;
    const before = await pool.everything();
    const taken = { code: "NAME_TAKEN" };
    await rm(join(pool.mountPath, "labels", "s1.json"));
    await expect(driver.snapshot({ dataset: "d", name: "s1", labels: {} })).rejects.toMatchObject(taken);
    await rm(join(pool.mountPath, "labels", "d.json"));
    await expect(driver.createDataset({ name: "d", labels: {} })).rejects.toMatchObject(taken);
    await expect(driver.clone({ snapshot: "s2", name: "d", labels: {} })).rejects.toMatchObject(taken);
    await expect(driver.clone({ snapshot: "absent", name: "d", labels: {} })).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const names of [
      { dataset: "d", snapshot: "unused" },
      { dataset: "unused", snapshot: "s1" },
    ]) {
      const stream = await driver.send({ snapshot: "s2" });
      await expect(driver.receive({ ...names, stream, labels: { dataset: {}, snapshot: {} } })).rejects.toMatchObject(taken);
    }
    expect(await pool.everything()).toEqual(before);
    expect(await readFile(fileOf("d", "file"), "utf8")).toBe("second");
    expect(await driver.strangers()).toEqual(["datasets/d", "datasets/d@s1"]);
    await driver.deleteSnapshot("s2");
    await pool.zfs("destroy", "-r", `${pool.root}/datasets/d`);
  });

  it("lets copies go on with their dataset's record size", async () => {
    await pool.driver.createDataset({ name: "d", labels: {}, recordSizeBytes: 8192 });
    await pool.driver.snapshot({ dataset: "d", name: "s", labels: {} });
    await pool.driver.clone({ snapshot: "s", name: "c", labels: {} });
    expect([await pool.valueOf("recordsize", "datasets/d"), await pool.valueOf("recordsize", "datasets/c")]).toEqual(["8192", "8192"]);
    await pool.driver.deleteDataset("c");
    await pool.driver.deleteSnapshot("s");
    await deleteAll("d");
  });
});
