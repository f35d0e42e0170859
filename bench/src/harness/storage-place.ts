import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { directoryCommands } from "../by-hand/directory-commands.ts";
import type { HandCommands } from "../by-hand/hand-commands.ts";
import { zfsCommands } from "../by-hand/zfs-commands.ts";

const PREFIX = "opendvp-bench-";

/** Where one engine of a run keeps its pool: on a sparse file of its own, or below the place that the user has named. */
export interface StoragePlace {
  /** For the engine's `--storage`. */
  readonly option: string;
  /** To be asked for when the engine has made its pool. */
  handCommands(dataDirectory: string): Promise<HandCommands>;
  /** Writes out all that was written into the pool. */
  flush(dataDirectory: string): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a place for one more engine, and removes first what killed runs have left there. */
export async function makeStoragePlace(spec: string, serial: number): Promise<StoragePlace> {
  const [kind = "", location = ""] = splitOnce(spec);
  if (kind === "embedded") return embedded(spec);
  if (location === "") throw new Error(`${JSON.stringify(spec)} names no place: give e.g. btrfs:/mnt/pool or zfs:tank.`);
  if (kind === "zfs") return onZfs(location, `${PREFIX}${process.pid}-${serial}`);
  if (kind !== "btrfs" && kind !== "reflink" && kind !== "copy") throw new Error(`The benchmarks know no storage ${JSON.stringify(kind)}.`);
  for (const entry of await readdir(location)) if (isLeftover(entry)) await removeDirectoryPool(join(location, entry));
  const directory = join(location, `${PREFIX}${process.pid}-${serial}`);
  await mkdir(directory);
  return {
    option: `${kind}:${directory}`,
    handCommands: () => directoryCommands(kind, directory),
    flush: () => flushFileSystem(directory),
    remove: () => removeDirectoryPool(directory),
  };
}

// The engine's directory holds its image, and goes with it.
function embedded(spec: string): StoragePlace {
  const poolPath = (dataDirectory: string): string => join(dataDirectory, "pool");
  return {
    option: spec,
    flush: (dataDirectory) => flushFileSystem(poolPath(dataDirectory)),
    handCommands: (dataDirectory) => directoryCommands("btrfs", poolPath(dataDirectory)),
    remove: () => Promise.resolve(),
  };
}

async function onZfs(parent: string, name: string): Promise<StoragePlace> {
  const dataset = `${parent}/${name}`;
  const { stdout } = await runProcess({ file: "zfs", args: ["list", "-H", "-o", "name", "-r", "-d", "1", parent] });
  const left = stdout.split("\n").filter((line) => isLeftover(line.slice(parent.length + 1)));
  for (const each of left) await removeZfsPool(each);
  return {
    option: `zfs:${dataset}`,
    handCommands: () => zfsCommands(dataset),
    flush: async () => {
      await runProcess({ file: "sync", args: [] });
    },
    remove: () => removeZfsPool(dataset),
  };
}

async function flushFileSystem(path: string): Promise<void> {
  await runProcess({ file: "sync", args: ["--file-system", path] });
}

async function removeZfsPool(dataset: string): Promise<void> {
  await runProcess({ file: "zfs", args: ["destroy", "-R", "-f", dataset] });
}

async function removeDirectoryPool(directory: string): Promise<void> {
  for (const below of ["datasets", "snapshots", "by-hand", "staging"].map((name) => join(directory, name))) {
    const trees = existsSync(below) ? (await readdir(below)).map((tree) => join(below, tree)) : [];
    // Where these are no subvolumes, this does nothing, and the next line does it.
    if (trees.length > 0) await runProcess({ file: "btrfs", args: ["subvolume", "delete", ...trees] });
  }
  await rm(directory, { recursive: true, force: true });
}

function isLeftover(entry: string): boolean {
  const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(entry)?.[1];
  return pid !== undefined && !existsSync(`/proc/${pid}`);
}

function splitOnce(spec: string): readonly string[] {
  const at = spec.indexOf(":");
  return at === -1 ? [spec] : [spec.slice(0, at), spec.slice(at + 1)];
}
