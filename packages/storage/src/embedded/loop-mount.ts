import { readFile, readdir, realpath } from "node:fs/promises";
import { basename } from "node:path";
import { EngineError } from "@opendvp/model";
import { readMountTable } from "../mount-table/mount-table.ts";
import { runProgram } from "../pool/run-program.ts";

/** Mounts an image file at an empty directory. What is mounted so already is left so. */
export async function mountImage(imagePath: string, mountPath: string, options: readonly string[]): Promise<void> {
  if (await isMountedFrom(imagePath, mountPath)) return;
  if ((await readdir(mountPath)).length > 0) {
    throw new EngineError(
      "STORAGE_UNSUITABLE",
      `The directory ${JSON.stringify(mountPath)} is not empty; a mount would hide what is in it.`,
      {
        action: "Choose an empty or absent directory.",
      },
    );
  }
  await runProgram("mount", ["-t", "btrfs", "-o", ["loop", ...options].join(","), "--", imagePath, mountPath]);
}

/** Unmounts an image; its loop device goes with it. What is not mounted is fine. */
export async function unmountImage(imagePath: string, mountPath: string): Promise<void> {
  if (await isMountedFrom(imagePath, mountPath)) await runProgram("umount", ["--", mountPath]);
}

/** @throws EngineError `STORAGE_UNSUITABLE` where something else is mounted there */
async function isMountedFrom(imagePath: string, mountPath: string): Promise<boolean> {
  const path = await realpath(mountPath).catch(() => mountPath);
  const mount = (await readMountTable()).findLast((line) => line.mountPath === path);
  if (mount === undefined) return false;
  if ((await backingFileOf(mount.source)) === (await realpath(imagePath))) return true;
  throw new EngineError("STORAGE_UNSUITABLE", `Something else (${mount.source}) is mounted at ${JSON.stringify(mountPath)}.`, {
    action: "Unmount it, or choose another place for the pool.",
  });
}

async function backingFileOf(device: string): Promise<string | undefined> {
  try {
    const text = await readFile(`/sys/block/${basename(device)}/loop/backing_file`, "utf8");
    return text.replace(/\n$/, "");
  } catch {
    // No loop device, so no file.
    return undefined;
  }
}
