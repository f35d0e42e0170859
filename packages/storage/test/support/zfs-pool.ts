import type { StorageDriver } from "@opendvp/core";
import { zfsTechnology } from "@opendvp/storage";
import { ODD_NAME, succeed } from "@opendvp/testkit";
import { runProcess } from "@opendvp/subprocess";
import { vi } from "vitest";
import { ZFS_PLACE } from "./places.ts";

/** A ZFS pool of a test's own, and ZFS itself beside the driver. */
export interface OpenZfsPool {
  readonly driver: StorageDriver;
  /** The name of its zpool, which is the pool's dataset too. */
  readonly root: string;
  /** Where its own file system is, with the labels. */
  readonly mountPath: string;
  zfs(...args: readonly string[]): Promise<void>;
  /** What ZFS has below the pool's dataset: datasets and snapshots, without the pool's own three. */
  everything(): Promise<readonly string[]>;
  valueOf(property: string, handle: string): Promise<string>;
  dispose(): Promise<void>;
}

export async function openZfsPool(): Promise<OpenZfsPool> {
  const { location: root, directory: mountPath = "", dispose } = await ZFS_PLACE(ODD_NAME);
  const output = async (...args: readonly string[]): Promise<string> => (await runProcess({ file: "zfs", args })).stdout.trim();
  return {
    driver: await zfsTechnology.open(root),
    root,
    mountPath,
    dispose,
    // What was in use a moment ago counts as busy for a while in zfs-fuse.
    zfs: (...args) => vi.waitFor(() => succeed("zfs", args), { timeout: 5000 }),
    everything: async () => {
      const handles = await output("list", "-H", "-r", "-t", "filesystem,snapshot", "-o", "name", root);
      const own = new Set([root, `${root}/datasets`, `${root}/staging`]);
      return handles.split("\n").flatMap((handle) => (own.has(handle) ? [] : [handle.slice(root.length + 1)]));
    },
    valueOf: (property, handle) => output("get", "-H", "-p", "-o", "value", property, `${root}/${handle}`),
  };
}
