import { chmod, mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import type { DatasetUsage, StorageCaller, StorageCapabilities } from "@opendvp/core";
import { runProgram } from "../pool/run-program.ts";
import type { Trees, TreeTarget } from "../pool/trees.ts";
import { syncDirectory, writeNewDurably } from "../pool/write-durably.ts";
import { readFromProgram, writeToProgram } from "../stream/program-streams.ts";
import type { KeptAttributes } from "./kept-attributes.ts";
import { removeTree } from "./remove-tree.ts";

// Named one by one: `--preserve=all` and `-a` are silent where extended attributes get lost.
const KEEPING_ALL = ["-dR", "--preserve=mode,ownership,timestamps,links,xattr", "--sparse=auto"];

// The directory is not among them: tar reads backslashes in its name as its own.
const TAR_KEEPING_ALL = ["--format=posix", "--numeric-owner", "--sparse", "--acls", "--xattrs", "--xattrs-include=*"];

/** What differs between back ends whose datasets are plain directories: how `cp` gets the blocks, and how much a tree holds. */
export interface PlainBackEnd {
  readonly technology: string;
  readonly blocks: "shared" | "copied";
  usageOf(path: string): Promise<DatasetUsage>;
  freedBytes(paths: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }>;
}

/**
 * Trees as plain directories, copied file by file.
 *
 * A tree is built aside, written to disk, and renamed into place. Nothing but the mode of the pool's directory keeps
 * a snapshot from being changed: root and the engine's own user could.
 */
export class PlainTrees implements Trees {
  readonly technology: string;
  readonly capabilities: StorageCapabilities;
  readonly writeAhead = writeNewDurably;
  readonly #backEnd: PlainBackEnd;

  constructor(backEnd: PlainBackEnd, kept: KeptAttributes) {
    this.technology = backEnd.technology;
    this.#backEnd = backEnd;
    this.capabilities = {
      thinClones: backEnd.blocks === "shared",
      atomicSnapshots: false,
      recordSize: false,
      compression: false,
      quota: false,
      send: true,
      acls: kept.hasAcls,
      xattrs: kept.hasXattrs,
    };
  }

  async create(target: TreeTarget): Promise<void> {
    await mkdir(target.stagedPath);
    await chmod(target.stagedPath, 0o755);
    await moveIntoPlace(target);
  }

  async copy(source: string, target: TreeTarget, caller: StorageCaller): Promise<void> {
    const reflink = `--reflink=${this.#backEnd.blocks === "shared" ? "always" : "never"}`;
    await runProgram("cp", [...KEEPING_ALL, reflink, "--no-target-directory", "--", source, target.stagedPath], caller);
    await writeToDisk(target.stagedPath, caller);
    await moveIntoPlace(target);
  }

  async remove(target: TreeTarget, caller: StorageCaller): Promise<void> {
    await removeTree(target, caller);
  }

  async reclaim(): Promise<void> {
    // A removed copy is gone at once.
  }

  async usageOf(path: string): Promise<DatasetUsage> {
    return this.#backEnd.usageOf(path);
  }

  async freedBytes(paths: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
    return this.#backEnd.freedBytes(paths);
  }

  /** A whole copy each time: plain directories know of no difference. */
  send(tree: string, _from: string | undefined, caller: StorageCaller): Readable {
    return readFromProgram("tar", [...TAR_KEEPING_ALL, "--create", "--file=-", "."], { ...caller, cwd: tree });
  }

  async unpack(stream: Readable, directory: string, caller: StorageCaller): Promise<string> {
    const tree = join(directory, "tree");
    await mkdir(tree, { mode: 0o700 });
    const args = [...TAR_KEEPING_ALL, "--same-permissions", "--delay-directory-restore", "--extract", "--file=-"];
    await writeToProgram(stream, { file: "tar", args }, { ...caller, cwd: tree });
    return tree;
  }

  async place(
    unpacked: string,
    targets: { readonly snapshot: TreeTarget; readonly dataset: TreeTarget },
    caller: StorageCaller,
  ): Promise<void> {
    await this.copy(unpacked, targets.dataset, caller);
    await rename(unpacked, targets.snapshot.path);
    await syncDirectory(dirname(targets.snapshot.path));
  }
}

/** One flush of the whole file system costs less than one for each of thousands of files. */
async function writeToDisk(path: string, caller: StorageCaller): Promise<void> {
  await runProgram("sync", ["--file-system", "--", path], caller);
}

async function moveIntoPlace(target: TreeTarget): Promise<void> {
  await rename(target.stagedPath, target.path);
  await syncDirectory(dirname(target.path));
}
