import { readdir, readFile, rm } from "node:fs/promises";
import { endWithDescendants, findUsersOf, runProcess } from "@opendvp/subprocess";
import { TEST_DIRECTORIES } from "./test-directory.ts";

/** Removes a test's directory with the processes, mounts and loop devices in it. What is gone already is fine. */
export async function removeTestDirectory(directory: string): Promise<void> {
  if (!directory.startsWith(TEST_DIRECTORIES)) throw new Error(`${directory} is not the directory of a test`);
  await endWithDescendants((await findUsersOf(directory)).filter((pid) => pid !== process.pid));
  for (const mountPath of await mountsBelow(directory)) await run("umount", ["--lazy", "--", mountPath]);
  for (const device of await loopDevicesBelow(directory)) await run("losetup", ["--detach", device]);
  await removeFiles(directory);
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
