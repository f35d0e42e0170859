import { EngineError } from "@opendvp/model";
import { runProgram } from "../pool/run-program.ts";
import { saysAnyOf } from "./zfs-program.ts";

/** @throws EngineError `STORAGE_UNSUITABLE` where there is no ZFS, `STORAGE_UNAVAILABLE` where it does not run */
export async function checkZfsProgram(): Promise<void> {
  try {
    await runProgram("zpool", ["list", "-H", "-o", "name"]);
  } catch (error) {
    if (!saysAnyOf(error, /could not be started/)) throw error;
    throw new EngineError("STORAGE_UNSUITABLE", "There is no ZFS on this machine.", {
      action: "Install it (Debian: zfsutils-linux), or choose another back end.",
      cause: error,
    });
  }
}
