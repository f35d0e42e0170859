import { mkdir, open, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { runProcess, startProcess } from "@opendvp/subprocess";
import { btrfsTechnology, createEmbeddedBtrfsPool } from "@opendvp/storage";
import { makeTestDirectory, ODD_NAME, removeTestDirectory } from "@opendvp/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRoot } from "../support/places.ts";

const MIB = 1024 ** 2;

describe.skipIf(!isRoot)("an embedded pool (needs root)", () => {
  let directory = "";
  let request = { imagePath: "", mountPath: "", sizeBytes: 0 };

  beforeEach(async () => {
    directory = await makeTestDirectory();
    request = { imagePath: join(directory, `${ODD_NAME}.img`), mountPath: join(directory, "deep", ODD_NAME), sizeBytes: 4096 * MIB };
  });
  afterEach(async () => {
    await removeTestDirectory(directory);
  });

  it("takes little space, is made once, and comes back with its data after it was detached", async () => {
    const pool = await createEmbeddedBtrfsPool(request);
    const driver = await btrfsTechnology.open(pool.mountPath);
    await driver.createDataset({ name: "d", labels: { kept: true } });
    expect((await stat(request.imagePath)).blocks * 512).toBeLessThan(16 * MIB);
    expect((await driver.usage()).sizeBytes).toBe(request.sizeBytes);
    await createEmbeddedBtrfsPool(request);
    expect(await mountsOf(request.mountPath)).toBe(1);

    await pool.detach();
    await pool.detach();
    expect([await readdir(request.mountPath), await loopDevicesOf(directory)]).toEqual([[], 0]);
    const again = await createEmbeddedBtrfsPool({ ...request, sizeBytes: 1 });
    expect((await (await btrfsTechnology.open(again.mountPath)).find("d"))?.labels).toEqual({ kept: true });

    await again.destroy();
    await again.destroy();
    expect([await readdir(directory), await loopDevicesOf(directory)]).toEqual([["deep"], 0]);
  });

  it("never writes over a file or a directory that is something else", async () => {
    const text = "somebody's file";
    await writeFile(request.imagePath, text);
    await expect(createEmbeddedBtrfsPool(request)).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
    expect(await readFile(request.imagePath, "utf8")).toBe(text);

    const imagePath = join(directory, "other.img");
    await mkdir(request.mountPath, { recursive: true });
    await writeFile(join(request.mountPath, "precious"), text);
    await expect(createEmbeddedBtrfsPool({ ...request, imagePath })).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
    expect(await readFile(join(request.mountPath, "precious"), "utf8")).toBe(text);
    expect(await loopDevicesOf(directory)).toBe(0);
  });

  it("is never made anew where it must exist", async () => {
    const existing = { ...request, mayMake: false };
    await expect(createEmbeddedBtrfsPool(existing)).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    await writeFile(request.imagePath, "not a pool any more");
    await expect(createEmbeddedBtrfsPool(existing)).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
    expect(await readFile(request.imagePath, "utf8")).toBe("not a pool any more");
  });

  it("says what keeps it from being detached", async () => {
    const pool = await createEmbeddedBtrfsPool(request);
    const user = startProcess({ file: "sleep", args: ["60"], cwd: pool.mountPath, label: "A user", stdin: "ignore" });
    await expect(pool.detach()).rejects.toMatchObject({ code: "MOUNT_BUSY", details: { processes: [user.pid] } });
    await user.end();

    const elsewhere = join(directory, "elsewhere");
    await mkdir(elsewhere);
    await runProcess({ file: "mount", args: ["--bind", "--", pool.mountPath, elsewhere] });
    await expect(pool.detach()).rejects.toMatchObject({ code: "MOUNT_BUSY", message: expect.stringContaining(elsewhere) as unknown });
    await runProcess({ file: "umount", args: ["--", elsewhere] });
    await pool.detach();
    expect(await loopDevicesOf(directory)).toBe(0);
  });

  it("is detached as soon as the kernel lets go of what nobody is seen to use", async () => {
    const pool = await createEmbeddedBtrfsPool(request);
    // The process that unmounts is not among the users that it looks for.
    const held = await open(join(pool.mountPath, "held"), "w");
    await Promise.all([pool.detach(), setTimeout(100).then(() => held.close())]);
    expect(await loopDevicesOf(directory)).toBe(0);
  });

  it("refuses a mount point where another file system is mounted", async () => {
    await createEmbeddedBtrfsPool(request);
    const other = { ...request, imagePath: join(directory, "other.img") };
    await expect(createEmbeddedBtrfsPool(other)).rejects.toMatchObject({ code: "STORAGE_UNSUITABLE" });
  });

  it("refuses paths and sizes that make no sense", async () => {
    await expect(createEmbeddedBtrfsPool({ ...request, sizeBytes: 1024 })).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await expect(createEmbeddedBtrfsPool({ ...request, imagePath: "relative" })).rejects.toMatchObject({ code: "PATH_INVALID" });
    expect(await readdir(directory)).toEqual([]);
  });

  it.each([512, 4096])("of %d MiB can be snapshotted and cleared after one file has filled it", async (sizeMib) => {
    const { mountPath } = await createEmbeddedBtrfsPool({ ...request, sizeBytes: sizeMib * MIB });
    const driver = await btrfsTechnology.open(mountPath);
    await driver.createDataset({ name: "d", labels: {} });
    const filler = join(driver.pathOf("d", "DATASET"), "filler");
    for (const size of [256, 16, 1, 0.0625]) {
      for (let number = 0; await allocates(`${filler}-${size}-${number}`, size * MIB); number += 1);
    }
    await driver.snapshot({ dataset: "d", name: "s", labels: {} }).catch(() => undefined);
    await driver.deleteDataset("d");
    await driver.deleteSnapshot("s");
    await driver.createDataset({ name: "after", labels: { big: "x".repeat(200_000) } });
    await driver.snapshot({ dataset: "after", name: "after-s", labels: {} });
  });
});

async function allocates(path: string, sizeBytes: number): Promise<boolean> {
  return (await runProcess({ file: "fallocate", args: ["-l", String(sizeBytes), path] })).exitCode === 0;
}

async function mountsOf(mountPath: string): Promise<number> {
  const escaped = mountPath.replaceAll("\\", "\\134").replaceAll(" ", "\\040").replaceAll("\n", "\\012");
  return (await readFile("/proc/self/mountinfo", "utf8")).split("\n").filter((line) => line.split(" ")[4] === escaped).length;
}

async function loopDevicesOf(directory: string): Promise<number> {
  const { stdout } = await runProcess({ file: "losetup", args: ["--list", "--noheadings", "--output", "BACK-FILE"] });
  return stdout.split("\n").filter((line) => line.includes(directory)).length;
}
