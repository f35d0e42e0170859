import { posix } from "node:path";
import type { HostConnection, PathFacts } from "@opendvp/core";
import { checkMountPath, refusedMountPoint } from "./check-mount-path.ts";

export interface MountPointPlan {
  /** What lies at the mount point now. */
  readonly kind: "ABSENT" | "DIRECTORY";
  /** Those of its parents that are missing, outermost first. */
  readonly missingParents: readonly string[];
}

/**
 * Looks whether a mount point can be used. A path through a symbolic link is refused whole: what a link leads to can be
 * changed by others between the look and the mount.
 * @throws EngineError `MOUNT_POINT_REFUSED`
 */
export async function planMountPoint(host: HostConnection, mountPath: string, protectedPaths: readonly string[]): Promise<MountPointPlan> {
  checkMountPath(mountPath, protectedPaths);
  const facts = await host.lookAt(mountPath);
  const reason = problemOf(facts, mountPath);
  if (reason !== undefined) throw refusedMountPoint(mountPath, reason);
  return facts.kind === "DIRECTORY"
    ? { kind: "DIRECTORY", missingParents: [] }
    : { kind: "ABSENT", missingParents: await missingParentsOf(host, mountPath) };
}

function problemOf(facts: PathFacts, mountPath: string): string | undefined {
  if (facts.kind === "SYMLINK") return "it is a symbolic link";
  if (facts.realPath !== mountPath) return `it leads through a symbolic link to ${facts.realPath}; name that path instead`;
  if (facts.kind === "FILE" || facts.kind === "OTHER") return "it is not a directory";
  if (facts.isMountPoint) return "something is mounted there already";
  if (facts.kind === "DIRECTORY" && !facts.isEmptyDirectory) return "the directory is not empty";
  return undefined;
}

async function missingParentsOf(host: HostConnection, mountPath: string): Promise<string[]> {
  const missing: string[] = [];
  for (let parent = posix.dirname(mountPath); ; parent = posix.dirname(parent)) {
    const { kind } = await host.lookAt(parent);
    if (kind === "DIRECTORY") return missing;
    if (kind !== "ABSENT") throw refusedMountPoint(mountPath, `${parent} is not a directory`);
    missing.unshift(parent);
  }
}
