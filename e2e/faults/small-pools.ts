import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeLoopFileSystem, makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";

/** Pools that are soon full: a thin one, one that copies by reflinks, one that copies in full. */
export const SMALL_POOLS = ["embedded", "reflink", "copy"] as const;

const SIZE_BYTES = 400 * 1024 ** 2;

/** Makes a place for a small pool and gives the engine's `--storage`. */
export async function makeSmallPool(kind: (typeof SMALL_POOLS)[number]): Promise<{ readonly storage: string; remove(): Promise<void> }> {
  if (kind === "embedded") return { storage: `embedded:${SIZE_BYTES / 1024 ** 2}M`, remove: () => Promise.resolve() };
  const directory = await makeTestDirectory();
  const { mountPath } = await makeLoopFileSystem({ directory, name: "small", fileSystem: "xfs", sizeBytes: SIZE_BYTES });
  return { storage: `${kind}:${join(mountPath, "pool")}`, remove: () => removeTestDirectory(directory) };
}

/** Takes all room of a file's file system but for some, at once. */
export async function fillUp(file: string, leaveBytes: number): Promise<void> {
  const script = `
    : > "$1"
    for size in 67108864 8388608 1048576 65536 4096; do
      while fallocate -o "$(stat -c %s "$1")" -l $size "$1" 2>/dev/null; do :; done
    done
    truncate -s -${leaveBytes} "$1"
    sync -f "$1"`;
  await promisify(execFile)("bash", ["-c", script, "fill", file]);
}
