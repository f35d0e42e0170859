import { posix } from "node:path";
import { EngineError } from "@opendvp/model";
import { isWithin, systemDirectoryOf } from "./system-directories.ts";

const PATH_LIMIT_BYTES = 4095;
const NAME_LIMIT_BYTES = 255;

/**
 * What can be said of a mount point without looking at the host.
 * @throws EngineError `MOUNT_POINT_REFUSED`
 */
export function checkMountPath(mountPath: string, protectedPaths: readonly string[]): void {
  const reason = formProblem(mountPath) ?? placeProblem(mountPath, protectedPaths);
  if (reason !== undefined) throw refusedMountPoint(mountPath, reason);
}

export function refusedMountPoint(mountPath: string, reason: string): EngineError {
  return new EngineError("MOUNT_POINT_REFUSED", `Nothing can be mounted at ${JSON.stringify(mountPath)}: ${reason}.`, {
    action: "Choose a directory that does not exist yet or is empty, such as one below /mnt or in the user's home.",
    details: { mountPath, reason },
  });
}

function formProblem(mountPath: string): string | undefined {
  if (!posix.isAbsolute(mountPath)) return "it is not an absolute path";
  if (/[\p{Cc}\p{Cs}]/u.test(mountPath)) return "it contains control characters, or is no well-formed text";
  if (posix.normalize(mountPath) !== mountPath || (mountPath !== "/" && mountPath.endsWith("/"))) {
    return "it is not normalised: it must have no empty, . or .. parts and no slash at its end";
  }
  const isTooLong =
    Buffer.byteLength(mountPath) > PATH_LIMIT_BYTES || mountPath.split("/").some((name) => Buffer.byteLength(name) > NAME_LIMIT_BYTES);
  return isTooLong ? "it is longer than a path can be" : undefined;
}

function placeProblem(mountPath: string, protectedPaths: readonly string[]): string | undefined {
  const system = systemDirectoryOf(mountPath);
  if (system !== undefined)
    return system === mountPath ? "it is a directory of the system" : `it lies in ${system}, a directory of the system`;
  const own = protectedPaths.find((path) => isWithin(mountPath, path) || isWithin(path, mountPath));
  return own === undefined ? undefined : `it lies in, or holds, a directory of the engine's own (${own})`;
}
