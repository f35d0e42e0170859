import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { zfsMountPath, zfsTechnology } from "@opendvp/storage";
import { canUseZfs, makeTestDirectory, makeZfsTestPool, removeTestDirectory, succeed, type ZfsTestPool } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

const MIB = 1024 ** 2;
const hasXfsIo = await runProcess({ file: "xfs_io", args: ["-V"] }).then(
  ({ exitCode }) => exitCode === 0,
  () => false,
);

describe.skipIf(!canUseZfs())("opening a ZFS pool (needs root, and ZFS or zfs-fuse)", () => {
  let directory = "";
  let pool: ZfsTestPool;
  beforeAll(async () => {
    directory = await makeTestDirectory();
    pool = await makeZfsTestPool({ directory, name: "tank", sizeBytes: 256 * MIB });
  });
  afterAll(() => removeTestDirectory(directory));

  const zfs = (...args: readonly string[]): Promise<void> => succeed("zfs", args);

  it("makes the dataset, with compression, closed to other users, and adopts it later", async () => {
    const location = `${pool.name}/made`;
    expect(await zfsMountPath(location)).toBe(join(pool.mountPath, "made"));
    const first = await zfsTechnology.open(location);
    expect(first.capabilities).toMatchObject({
      thinClones: true,
      atomicSnapshots: true,
      recordSize: true,
      compression: true,
      acls: true,
      xattrs: true,
    });
    await first.createDataset({ name: "d", labels: { kept: 1 } });
    expect((await stat(join(pool.mountPath, "made"))).mode & 0o777).toBe(0o700);
    const again = await zfsTechnology.open(location);
    expect(await again.list()).toEqual([{ name: "d", kind: "DATASET", parent: null, labels: { kept: 1 } }]);
    expect(await again.strangers()).toEqual([]);
  });

  it("opens with a dataset that cannot be mounted, mounts the others, and hands that one out only when it can be", async () => {
    const location = `${pool.name}/unmounted`;
    const first = await zfsTechnology.open(location);
    for (const name of ["blocked", "free"]) {
      await first.createDataset({ name, labels: {} });
      await writeFile(join(first.pathOf(name, "DATASET"), "file"), name);
      await vi.waitFor(() => zfs("unmount", `${location}/datasets/${name}`), { timeout: 5000 });
    }
    const inTheWay = join(first.pathOf("blocked", "DATASET"), "in the way");
    await mkdir(first.pathOf("blocked", "DATASET"), { recursive: true });
    await writeFile(inTheWay, "x");
    const driver = await zfsTechnology.open(location);
    expect(await readFile(join(driver.pathOf("free", "DATASET"), "file"), "utf8")).toBe("free");
    await driver.makeReachable("free");
    await expect(driver.makeReachable("blocked")).rejects.toMatchObject({
      code: "STORAGE_FAILED",
      message: expect.stringContaining("not empty") as string,
    });
    await rm(inTheWay);
    await driver.makeReachable("blocked");
    expect(await readFile(join(driver.pathOf("blocked", "DATASET"), "file"), "utf8")).toBe("blocked");
  });

  it("makes none where one must exist", async () => {
    for (const location of [`${pool.name}/absent`, "no-such-pool/x"])
      await expect(zfsTechnology.open(location, { mustExist: true })).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    await zfs("create", `${pool.name}/bare`);
    await expect(zfsTechnology.open(`${pool.name}/bare`, { mustExist: true })).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    expect(await readdir(pool.mountPath)).not.toContain("absent");
    await expect(zfsTechnology.open(`${pool.name}/made`, { mustExist: true })).resolves.toBeDefined();
  });

  it("finishes one whose making was cut off", async () => {
    const location = `${pool.name}/half`;
    await zfs("create", "-o", "opendvp:format=1", location);
    await mkdir(join(pool.mountPath, "half", "labels"));
    const driver = await zfsTechnology.open(location);
    await driver.createDataset({ name: "d", labels: {} });
    expect(await driver.strangers()).toEqual([]);
  });

  it("takes an empty dataset, and refuses one with anything in it and changes nothing", async () => {
    await zfs("create", `${pool.name}/empty`);
    await zfsTechnology.open(`${pool.name}/empty`);
    await zfs("create", `${pool.name}/full`);
    const path = join(pool.mountPath, "full");
    await writeFile(join(path, "precious"), "x");
    await expect(zfsTechnology.open(`${pool.name}/full`)).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
    await rm(join(path, "precious"));
    await zfs("snapshot", `${pool.name}/full@theirs`);
    await expect(zfsTechnology.open(`${pool.name}/full`)).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
    expect([await readdir(path), (await stat(path)).mode & 0o777]).toEqual([[], 0o755]);
  });

  it("does not take one for its own because it lies in another pool of ours", async () => {
    await zfs("create", `${pool.name}/made/inside`);
    await writeFile(join(pool.mountPath, "made", "inside", "precious"), "x");
    await expect(zfsTechnology.open(`${pool.name}/made/inside`)).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
  });

  it("says which zpool or parent is missing, and what has no mount point", async () => {
    await expect(zfsTechnology.open("no-such-pool/x")).rejects.toMatchObject({
      code: "STORAGE_UNAVAILABLE",
      action: expect.stringContaining("zpool import no-such-pool") as string,
    });
    await expect(zfsTechnology.open(`${pool.name}/no/way`)).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
    await zfs("create", "-o", "mountpoint=none", `${pool.name}/unmountable`);
    await expect(zfsTechnology.open(`${pool.name}/unmountable`)).rejects.toMatchObject({
      code: "STORAGE_UNSUITABLE",
      action: expect.stringContaining("zfs set mountpoint=") as string,
    });
  });

  it("refuses what is no name of a dataset", async () => {
    for (const wrong of ["", "/tank", "tank/", "tank//x", "-tank", "tank@s", "ta nk", "tank/..", "tank/../x", `t${"x".repeat(120)}`])
      await expect(zfsTechnology.open(wrong), wrong).rejects.toMatchObject({ code: "PATH_INVALID" });
  });

  it.skipIf(!hasXfsIo)("keeps in a snapshot what was written through mapped memory and never flushed (needs xfs_io)", async () => {
    const driver = await zfsTechnology.open(`${pool.name}/made`);
    const file = join(driver.pathOf("d", "DATASET"), "mapped");
    await writeFile(file, "-".repeat(4096));
    await succeed("xfs_io", ["-c", "mmap -rw 0 4096", "-c", "mwrite -S 0x58 0 4096", file]);
    await driver.snapshot({ dataset: "d", name: "s", labels: {} });
    await driver.clone({ snapshot: "s", name: "c", labels: {} });
    expect(await readFile(join(driver.pathOf("c", "DATASET"), "mapped"), "utf8")).toBe("X".repeat(4096));
  });
});
