import type { MountTableLine } from "@opendvp/core";
import { isWithin } from "../mount-point/system-directories.ts";

export interface MountLookup {
  isMountPoint(path: string): boolean;
  /** Whether set-user-ID programs and device files have no power in the mount. */
  isConfined(mountPath: string): boolean;
  /** Whether what is seen at the mount point is this directory. */
  isMountedWith(mountPath: string, directory: string): boolean;
}

/**
 * Tells by file system and place within it what is mounted where: the table does not know by which path a directory
 * was mounted.
 */
export function mountLookup(table: readonly MountTableLine[]): MountLookup {
  const made = lookups.get(table) ?? createMountLookup(table);
  lookups.set(table, made);
  return made;
}

/** A host gives the same table as long as nothing has changed. */
const lookups = new WeakMap<readonly MountTableLine[], MountLookup>();

function createMountLookup(table: readonly MountTableLine[]): MountLookup {
  // The last one at a path covers those before it.
  const topmost = new Map(table.map((line) => [line.mountPath, line]));
  return {
    isMountPoint: (path) => topmost.has(path),
    isConfined: (path) => ["nosuid", "nodev"].every((option) => topmost.get(path)?.options.includes(option)),
    isMountedWith(mountPath, directory) {
      const mount = topmost.get(mountPath);
      const home = homeOf(directory, topmost);
      if (mount === undefined || home === undefined || isWithin(home.mountPath, mountPath)) return false;
      return mount.device === home.device && mount.root === placeWithin(home, directory);
    },
  };
}

/** The mount that a directory lies in. */
function homeOf(directory: string, topmost: ReadonlyMap<string, MountTableLine>): MountTableLine | undefined {
  for (let path = directory; path !== ""; path = path.slice(0, path.lastIndexOf("/"))) {
    const line = topmost.get(path);
    if (line !== undefined) return line;
  }
  return topmost.get("/");
}

function placeWithin(home: MountTableLine, directory: string): string {
  const below = home.mountPath === "/" ? directory : directory.slice(home.mountPath.length);
  return home.root === "/" ? below || "/" : `${home.root}${below}`;
}
