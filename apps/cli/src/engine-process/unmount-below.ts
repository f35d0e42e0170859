import { readFile } from "node:fs/promises";
import { runProcess } from "@opendvp/subprocess";

/**
 * Unmounts what is mounted below a directory, the latest first: an engine that is stopped leaves its datasets and its pool
 * mounted. What is still in use goes as soon as it no longer is.
 */
export async function unmountBelow(directory: string): Promise<void> {
  const mounts = await readFile("/proc/self/mountinfo", "utf8").catch(() => "");
  const paths = mounts.split("\n").map((line) => unescaped(line.split(" ")[4] ?? ""));
  for (const path of paths.filter((candidate) => candidate.startsWith(`${directory}/`)).reverse()) {
    await runProcess({ file: "umount", args: ["--lazy", "--", path] });
  }
}

/** The kernel writes blanks and the like as octal numbers. */
function unescaped(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
