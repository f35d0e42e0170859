import { readdir, readFile, rm } from "node:fs/promises";
import { endWithDescendants, findUsersOf, runProcess } from "@opendvp/subprocess";
import { removeZfsTestPools } from "../storage/zfs-test-pool.ts";
import { TEST_DIRECTORIES } from "./test-directory.ts";

/** Removes a test's directory with the processes, mounts, zpools and loop devices in it. What is gone already is fine. */
export async function removeTestDirectory(directory: string): Promise<void> {
  if (!directory.startsWith(TEST_DIRECTORIES)) throw new Error(`${directory} is not the directory of a test`);
  const users = await findUsersOf(directory);
  await endWithDescendants(await without(users, process.pid));
  await removeZfsTestPools(directory);
  for (const mountPath of await mountsBelow(directory)) await run("umount", ["--lazy", "--", mountPath]);
  for (const device of await loopDevicesBelow(directory)) await run("losetup", ["--detach", device]);
  await removeFiles(directory);
}

/** The daemon of ZFS serves other tests as well; their zpools would go with it. */
async function without(users: readonly number[], own: number): Promise<readonly number[]> {
  const names = await Promise.all(users.map((pid) => readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")));
  return users.filter((pid, index) => pid !== own && names[index]?.trim() !== "zfs-fuse");
}

async function removeFiles(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
  } catch {
    // Names that are no text, and files made immutable.
    await run("chattr", ["-R", "-f", "-i", "-a", directory]);
    await run("rm", ["-rf", "--", directory]);
  }
}

/** The later a mount was made, the earlier it goes. */
async function mountsBelow(directory: string): Promise<readonly string[]> {
  const text = await readFile("/proc/self/mountinfo", "utf8");
  const paths = text.split("\n").map((line) => unescape(line.split(" ")[4] ?? ""));
  return paths.filter((path) => path.startsWith(`${directory}/`)).reverse();
}

async function loopDevicesBelow(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const device of (await readdir("/sys/block")).filter((name) => name.startsWith("loop"))) {
    const backingFile = await readFile(`/sys/block/${device}/loop/backing_file`, "utf8").catch(() => "");
    if (backingFile.startsWith(`${directory}/`)) found.push(`/dev/${device}`);
  }
  return found;
}

function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

async function run(file: string, args: readonly string[]): Promise<void> {
  await runProcess({ file, args });
}
