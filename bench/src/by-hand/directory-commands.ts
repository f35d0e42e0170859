import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { HandCommands } from "./hand-commands.ts";
import { quoted } from "./hand-shell.ts";

/** How a tree is copied and made where a pool is a directory. */
interface TreeVerbs {
  readonly copy: (from: string, to: string) => string;
  readonly copyReadOnly: (from: string, to: string) => string;
  readonly create: (path: string) => string;
}

const BTRFS: TreeVerbs = {
  copy: (from, to) => `btrfs subvolume snapshot ${quoted(from)} ${quoted(to)}`,
  copyReadOnly: (from, to) => `btrfs subvolume snapshot -r ${quoted(from)} ${quoted(to)}`,
  create: (path) => `btrfs subvolume create ${quoted(path)}`,
};

function copying(options: string): TreeVerbs {
  const copy = (from: string, to: string): string => `cp -a ${options} ${quoted(from)} ${quoted(to)}`;
  return {
    copy,
    copyReadOnly: copy,
    create: (path) => `mkdir ${quoted(path)}`,
  };
}

const VERBS = { btrfs: BTRFS, reflink: copying("--reflink=always"), copy: copying("--reflink=never") } as const;

/** The commands for a pool that is a directory; what they make lies beside what the engine made, on the same file system. */
export async function directoryCommands(technology: keyof typeof VERBS, pool: string): Promise<HandCommands> {
  const verbs = VERBS[technology];
  const place = join(pool, "by-hand");
  await mkdir(place, { recursive: true });
  const pathOf = (name: string): string => join(place, name);
  const snapshotPathOf = (name: string, as: string): string => pathOf(`${name}-${as}`);
  return {
    pathOf,
    snapshotOf: async (reference) => {
      const found = (await readdir(join(pool, "snapshots"))).find((entry) => entry.startsWith(`${reference}.`));
      if (found === undefined) throw new Error(`The pool at ${pool} has no snapshot ${reference}.`);
      return join(pool, "snapshots", found);
    },
    clone: (snapshot, name) => verbs.copy(snapshot, pathOf(name)),
    create: (name) => verbs.create(pathOf(name)),
    snapshot: (name, as) => verbs.copyReadOnly(pathOf(name), snapshotPathOf(name, as)),
    snapshotPathOf,
  };
}
