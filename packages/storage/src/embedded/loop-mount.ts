import { readFile, readdir, realpath } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "@opendvp/model";
import { runProcess, unmountPatiently } from "@opendvp/subprocess";
import { readMountTable } from "../mount-table/mount-table.ts";
import { programRequest, runProgram } from "../pool/run-program.ts";
import { programFailed } from "../pool/storage-error.ts";

const LOOKS = 40;
const LOOK_EVERY_MS = 50;

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

/**
 * Unmounts an image; its loop device goes with it. What is not mounted is fine.
 * @throws EngineError `MOUNT_BUSY` while somebody uses it, or has it mounted elsewhere
 */
export async function unmountImage(imagePath: string, mountPath: string): Promise<void> {
  if (await isMountedFrom(imagePath, mountPath)) await unmount(mountPath);
  const image = await realpath(imagePath).catch(() => undefined);
  // The mount namespace of a process that is just ending keeps a file system for a moment longer.
  for (let look = 0; image !== undefined && (await isAttached(image)); look++) {
    if (look === LOOKS) throw keptBusy(imagePath, await mountsFrom(image));
    await sleep(LOOK_EVERY_MS);
  }
}

async function unmount(mountPath: string): Promise<void> {
  const failure = await unmountPatiently(mountPath, () => runProcess(programRequest("umount", ["--", mountPath], {})));
  if (failure === undefined) return;
  const { stderr, isBusy, users } = failure;
  if (!isBusy) throw programFailed("umount failed", stderr);
  const who = users.length === 0 ? "" : ` by the processes ${users.join(", ")}`;
  throw new EngineError("MOUNT_BUSY", `The pool at ${JSON.stringify(mountPath)} is in use${who}.`, {
    action: "End what uses it, then repeat.",
    details: { processes: [...users] },
  });
}

async function isAttached(image: string): Promise<boolean> {
  return (await loopDevices()).some(({ file }) => file === image);
}

async function mountsFrom(image: string): Promise<readonly string[]> {
  const devices = (await loopDevices()).filter(({ file }) => file === image).map(({ device }) => device);
  return (await readMountTable()).filter(({ source }) => devices.includes(source)).map(({ mountPath }) => mountPath);
}

function keptBusy(imagePath: string, mountPaths: readonly string[]): EngineError {
  const where = mountPaths.length === 0 ? "somewhere out of this engine's sight" : `at ${mountPaths.join(", ")}`;
  return new EngineError("MOUNT_BUSY", `The pool in ${JSON.stringify(imagePath)} is still mounted ${where}.`, {
    action: "Unmount it there, then repeat.",
  });
}

async function loopDevices(): Promise<readonly { readonly device: string; readonly file: string | undefined }[]> {
  const names = (await readdir("/sys/block")).filter((name) => name.startsWith("loop"));
  return Promise.all(names.map(async (name) => ({ device: `/dev/${name}`, file: await backingFileOf(name) })));
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
