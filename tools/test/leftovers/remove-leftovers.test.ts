import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canUseZfs, makeZfsTestPool } from "@opendvp/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../remove-leftovers.sh");
const isRoot = process.getuid?.() === 0;

const run = (command: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return stdout;
};

describe("removing leftovers", () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "opendvp leftovers-"));
  });
  afterEach(() => {
    spawnSync("umount", [join(base, "left/mnt")]);
    rmSync(base, { recursive: true, force: true });
  });

  test("ends the processes that work on the directory, and no others", async () => {
    const directory = join(base, "left");
    mkdirSync(directory);
    const ours = spawn("sleep", ["600"], { env: { ...process.env, DATA_DIR: `${directory}/engine` } });
    const theirs = spawn("sleep", ["600"], { env: { ...process.env, DATA_DIR: `${directory}-kept` } });
    try {
      const ended = new Promise<NodeJS.Signals | null>((resolve) => ours.once("exit", (_code, signal) => resolve(signal)));
      run(SCRIPT, directory);
      expect(await ended).toBe("SIGTERM");
      expect(theirs.exitCode).toBeNull();
      expect(existsSync(directory)).toBe(false);
    } finally {
      ours.kill("SIGKILL");
      theirs.kill("SIGKILL");
    }
  });

  test("removes directories that were made read-only", () => {
    const directory = join(base, "left");
    mkdirSync(join(directory, "snapshot"), { recursive: true });
    writeFileSync(join(directory, "snapshot/file"), "");
    run("chmod", "-R", "a-w", directory);
    run(SCRIPT, directory);
    expect(existsSync(directory)).toBe(false);
  });

  test("refuses directories that hold more than ours", () => {
    expect(spawnSync(SCRIPT, ["/var/tmp"]).status).toBe(1);
    expect(existsSync("/var/tmp")).toBe(true);
  });

  test.skipIf(!canUseZfs())("destroys the zpools of a test's directory", async () => {
    const directory = `/var/tmp/opendvp-test-${process.pid}-1-zfs-by-hand`;
    mkdirSync(directory);
    const { name, mountPath } = await makeZfsTestPool({ directory, name: "left", sizeBytes: 64 * 1024 ** 2 });
    writeFileSync(join(mountPath, "file"), "");
    run(SCRIPT, directory);
    expect(existsSync(directory)).toBe(false);
    expect(spawnSync("zpool", ["list", name]).status).not.toBe(0);
  });

  test.skipIf(!isRoot)("unmounts and detaches loop devices", () => {
    const directory = join(base, "left");
    const image = join(directory, "disk.img");
    mkdirSync(join(directory, "mnt"), { recursive: true });
    writeFileSync(image, "");
    truncateSync(image, 8 * 2 ** 20);
    run("mkfs.ext4", "-q", image);
    run("mount", "-o", "loop", image, join(directory, "mnt"));
    run(SCRIPT, directory);
    expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(image.replaceAll(" ", "\\040"));
    expect(run("losetup", "--list", "--output", "BACK-FILE")).not.toContain(image);
    expect(existsSync(directory)).toBe(false);
  });
});
