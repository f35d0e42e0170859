import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { canUseZfs, cleanUpLeftovers, makeLoopFileSystem, makeTestDirectory, makeZfsTestPool, removeTestDirectory } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";

const isRoot = process.geteuid?.() === 0;

describe("leftovers of a killed test run", () => {
  it("are removed, and those of a run going on are left alone", async () => {
    const mine = await makeTestDirectory();
    const parent = dirname(mine);
    // As a process leaves it that is gone: its number was given to nobody since, or to another that started later.
    const left = join(parent, `opendvp-test-${process.pid}-1-left`);
    await mkdir(join(left, "deep"), { recursive: true });
    await writeFile(join(left, "deep", "file"), "x");
    const foreign = join(parent, `opendvp-test-by-hand-${process.pid}`);
    await mkdir(foreign);
    const seen: string[] = [];
    const removed = await cleanUpLeftovers([
      (directory) => {
        seen.push(directory);
        return Promise.resolve();
      },
    ]);
    expect(removed).toContain(left);
    expect(removed).not.toContain(foreign);
    await rm(foreign, { recursive: true });
    expect(seen).toEqual(removed);
    expect(await readdir(parent)).toContain(basename(mine));
    expect(await readdir(parent)).not.toContain(basename(left));
    await removeTestDirectory(mine);
    await removeTestDirectory(mine);
  });

  it.skipIf(!isRoot)("go with their mounts, loop devices and processes (needs root)", async () => {
    const mine = await makeTestDirectory();
    const left = join(dirname(mine), `opendvp-test-${process.pid}-1-busy`);
    await mkdir(left);
    const fileSystem = await makeLoopFileSystem({ directory: left, name: "a 'b\n\"ü", fileSystem: "ext4", sizeBytes: 16 * 1024 ** 2 });
    const inside = join(fileSystem.mountPath, "inside");
    await mkdir(inside);
    await runProcess({ file: "mount", args: ["--bind", "--", fileSystem.mountPath, inside] });
    const user = spawn("sleep", ["1000"], { cwd: inside });
    const ended = once(user, "exit");
    expect(await cleanUpLeftovers()).toContain(left);
    await ended;
    const devices = await runProcess({ file: "losetup", args: ["--list", "--output", "BACK-FILE"] });
    expect(devices.stdout).not.toContain(left);
    expect(await readdir(dirname(left))).not.toContain(basename(left));
    await removeTestDirectory(mine);
  });
});

describe.skipIf(!canUseZfs())("zpools of a killed test run (need root, and ZFS or zfs-fuse)", () => {
  const poolsOf = async (directory: string): Promise<readonly string[]> => {
    const { stdout } = await runProcess({ file: "zpool", args: ["list", "-H", "-o", "name"] });
    return stdout.split("\n").filter((name) => name.startsWith(basename(directory)));
  };

  it("go with it, and those of a run going on stay", async () => {
    const mine = await makeTestDirectory();
    const left = join(dirname(mine), `opendvp-test-${process.pid}-1-zfs`);
    await mkdir(left);
    const kept = await makeZfsTestPool({ directory: mine, name: "kept", sizeBytes: 64 * 1024 ** 2 });
    const { mountPath } = await makeZfsTestPool({ directory: left, name: "left", sizeBytes: 64 * 1024 ** 2 });
    const user = spawn("sleep", ["1000"], { cwd: mountPath });
    const ended = once(user, "exit");
    expect(await cleanUpLeftovers()).toContain(left);
    await ended;
    expect(await poolsOf(left)).toEqual([]);
    expect(await poolsOf(mine)).toEqual([kept.name]);
    await writeFile(join(kept.mountPath, "file"), "still there");
    await removeTestDirectory(mine);
    expect(await poolsOf(mine)).toEqual([]);
  });
});
