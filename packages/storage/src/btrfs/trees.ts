import { chmod, readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import type { DatasetUsage, StorageCaller, StorageCapabilities } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runProgram } from "../pool/run-program.ts";
import type { Trees, TreeTarget } from "../pool/trees.ts";
import { syncDirectory, writeSynced } from "../pool/write-durably.ts";
import { readFromProgram, writeToProgram } from "../stream/program-streams.ts";
import { removeSubvolumes } from "./remove.ts";
import { freedBytes, usageOf } from "./usage.ts";

const LONGEST_RECLAIM_MS = 30_000;

/**
 * Trees as subvolumes: each change is one ioctl of the kernel, so it happens whole or not at all.
 *
 * The kernel commits a snapshot before its call returns; a subvolume made empty or deleted is committed by an fsync
 * of its directory.
 */
export class BtrfsTrees implements Trees {
  readonly technology = "btrfs";
  /** A file's name and a tree that is made after it are committed together, or the name before. */
  readonly writeAhead = writeSynced;
  readonly capabilities: StorageCapabilities;
  readonly #isCompressing: boolean;

  constructor(mount: { readonly hasAcls: boolean; readonly isCompressing: boolean }) {
    this.#isCompressing = mount.isCompressing;
    this.capabilities = {
      thinClones: true,
      atomicSnapshots: true,
      recordSize: false,
      compression: mount.isCompressing,
      quota: false,
      send: true,
      acls: mount.hasAcls,
      xattrs: true,
    };
  }

  async create(target: TreeTarget, caller: StorageCaller): Promise<void> {
    // Its mode depends on the engine's umask, so it is set before the tree can be seen.
    await runProgram("btrfs", ["subvolume", "create", target.stagedPath], caller);
    await chmod(target.stagedPath, 0o755);
    await rename(target.stagedPath, target.path);
    await syncDirectory(dirname(target.path));
  }

  async copy(source: string, target: TreeTarget & { readonly isReadOnly: boolean }, caller: StorageCaller): Promise<void> {
    // Straight to its place: a read-only subvolume cannot be moved to another directory.
    await runProgram("btrfs", ["subvolume", "snapshot", ...(target.isReadOnly ? ["-r"] : []), source, target.path], caller);
  }

  async remove(target: TreeTarget, caller: StorageCaller): Promise<void> {
    await removeSubvolumes(target, caller);
  }

  async reclaim(pool: string, caller: StorageCaller): Promise<void> {
    // The first wakes the kernel's cleaner, which else sleeps for up to 30 seconds; the second waits for it.
    await runProgram("btrfs", ["filesystem", "sync", pool], caller);
    await runProgram("btrfs", ["subvolume", "sync", pool], { ...caller, timeLimitMs: LONGEST_RECLAIM_MS });
  }

  async usageOf(path: string): Promise<DatasetUsage> {
    return usageOf(path);
  }

  async freedBytes(paths: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
    return freedBytes(paths, this.#isCompressing);
  }

  send(tree: string, from: string | undefined, caller: StorageCaller): Readable {
    return readFromProgram("btrfs", ["send", "-q", ...(from === undefined ? [] : ["-p", from]), tree], caller);
  }

  async unpack(stream: Readable, directory: string, caller: StorageCaller): Promise<string> {
    await writeToProgram(stream, { file: "btrfs", args: ["receive", "-q", directory] }, caller);
    const [tree, ...more] = await readdir(directory);
    if (tree !== undefined && more.length === 0) return join(directory, tree);
    throw new EngineError("STORAGE_FAILED", `The stream held ${more.length + (tree === undefined ? 0 : 1)} snapshots instead of one.`, {
      action: "Send one snapshot.",
    });
  }

  async place(
    unpacked: string,
    targets: { readonly snapshot: TreeTarget; readonly dataset: TreeTarget },
    caller: StorageCaller,
  ): Promise<void> {
    // A read-only snapshot keeps the identity that later differences are received upon.
    await this.copy(unpacked, { ...targets.snapshot, isReadOnly: true }, caller);
    await this.copy(targets.snapshot.path, { ...targets.dataset, isReadOnly: false }, caller);
  }
}
