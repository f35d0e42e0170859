import { EngineError } from "@opendvp/model";
import { runProgram } from "../pool/run-program.ts";
import { saysAnyOf } from "./zfs-program.ts";

/** @throws EngineError `STORAGE_UNSUITABLE` where there is no ZFS, `STORAGE_UNAVAILABLE` where it does not run */
export async function checkZfsProgram(): Promise<void> {
  try {
    await runProgram("zpool", ["list", "-H", "-o", "name"]);
  } catch (error) {
    throw whyNotUsable(error);
  }
}

/** What an error of the first `zpool` says of the machine. */
export function whyNotUsable(error: unknown): unknown {
  if (saysAnyOf(error, /could not be started/)) {
    const action = "Install it (Debian: zfsutils-linux), or choose another back end.";
    return new EngineError("STORAGE_UNSUITABLE", "There is no ZFS on this machine.", { action, cause: error });
  }
  if (saysAnyOf(error, /zfs-fuse daemon is running|ZFS modules are not loaded/)) {
    const action = "Load the kernel's module (modprobe zfs), or start zfs-fuse; then repeat.";
    return new EngineError("STORAGE_UNAVAILABLE", "ZFS is installed on this machine, but does not run.", { action, cause: error });
  }
  return error;
}
