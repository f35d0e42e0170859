import { readdir, readFile } from "node:fs/promises";

/** What is mounted below a directory, and the loop devices on its files. */
export async function mountedBelow(directory: string): Promise<readonly string[]> {
  const table = await readFile("/proc/self/mountinfo", "utf8");
  const mounts = table.split("\n").flatMap((line) => line.split(" ")[4] ?? []);
  const devices = (await readdir("/sys/block")).filter((name) => name.startsWith("loop"));
  const files = await Promise.all(devices.map((name) => readFile(`/sys/block/${name}/loop/backing_file`, "utf8").catch(() => "")));
  return [...mounts, ...files].filter((path) => path.startsWith(`${directory}/`)).map((path) => path.trim());
}
