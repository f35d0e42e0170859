import { existsSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { makeLoopFileSystem, makeTestDirectory, makeZfsTestPool, removeTestDirectory, succeed, type StoragePlace } from "@opendvp/testkit";

const MIB = 1024 * 1024;

export const canMakeXfs = ["/usr/sbin/mkfs.xfs", "/sbin/mkfs.xfs"].some((program) => existsSync(program));

export const isRoot = process.geteuid?.() === 0;

interface PlaceRequest {
  readonly fileSystem: "btrfs" | "ext4" | "xfs";
  readonly sizeBytes: number;
  readonly options?: readonly string[];
}

/** A place whose file system is its own: the pool is the mount point itself. */
export function loopPlace(request: PlaceRequest): (name: string) => Promise<StoragePlace> {
  return async (name) => {
    const directory = await makeTestDirectory();
    const fileSystem = await makeLoopFileSystem({ directory, name, ...request });
    return {
      location: fileSystem.mountPath,
      takeAway: () => fileSystem.unmount(),
      bringBack: () => fileSystem.mount(),
      makeReadOnly: async () => {
        await fileSystem.unmount();
        await fileSystem.mount(["ro"]);
      },
      dispose: () => removeTestDirectory(directory),
    };
  };
}

/** A place that is a zpool of its own; the pool is its first dataset. */
export function zfsPlace(sizeBytes: number): (name: string) => Promise<StoragePlace> {
  return async (name) => {
    const directory = await makeTestDirectory();
    const pool = await makeZfsTestPool({ directory, name, sizeBytes });
    return {
      location: pool.name,
      directory: pool.mountPath,
      takeAway: () => pool.exportPool(),
      bringBack: () => pool.importPool(),
      dispose: () => removeTestDirectory(directory),
    };
  };
}

/**
 * The same with little room: all but that is reserved for somebody else, so that the pool is full for us alone. A zpool whose
 * last block is taken is no test of ours: zfs-fuse then has stood still as a whole, with all other pools of the machine.
 */
export async function smallZfsPlace(name: string): Promise<StoragePlace> {
  const directory = await makeTestDirectory();
  const pool = await makeZfsTestPool({ directory, name, sizeBytes: 1024 * MIB });
  const { stdout } = await runProcess({ file: "zfs", args: ["get", "-Hp", "-o", "value", "available", pool.name] });
  await succeed("zfs", ["create", "-o", `reservation=${Number(stdout) - 100 * MIB}`, `${pool.name}/others`]);
  await succeed("zfs", ["create", `${pool.name}/opendvp`]);
  return {
    location: `${pool.name}/opendvp`,
    directory: join(pool.mountPath, "opendvp"),
    takeAway: () => pool.exportPool(),
    bringBack: () => pool.importPool(),
    dispose: () => removeTestDirectory(directory),
  };
}

/** A plain directory of this machine, as a user without root has it. */
export async function plainPlace(name: string): Promise<StoragePlace> {
  const directory = await makeTestDirectory();
  return { location: join(directory, name), dispose: () => removeTestDirectory(directory) };
}

export const BTRFS_PLACE = loopPlace({ fileSystem: "btrfs", sizeBytes: 1024 * MIB, options: ["compress=zstd:1", "discard=async"] });
export const SMALL_BTRFS_PLACE = loopPlace({ fileSystem: "btrfs", sizeBytes: 160 * MIB });
export const EXT4_PLACE = loopPlace({ fileSystem: "ext4", sizeBytes: 1024 * MIB });
export const SMALL_EXT4_PLACE = loopPlace({ fileSystem: "ext4", sizeBytes: 64 * MIB });
export const XFS_PLACE = loopPlace({ fileSystem: "xfs", sizeBytes: 1024 * MIB });
// The smallest that mkfs.xfs makes is 300 MiB.
export const ZFS_PLACE = zfsPlace(1024 * MIB);
