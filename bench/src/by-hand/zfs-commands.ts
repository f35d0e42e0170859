import { runProcess } from "@opendvp/subprocess";
import type { HandCommands } from "./hand-commands.ts";
import { quoted } from "./hand-shell.ts";

/** The commands for a pool that is a ZFS dataset. */
export async function zfsCommands(dataset: string): Promise<HandCommands> {
  const mountPath = (await zfs(["get", "-H", "-o", "value", "mountpoint", dataset])).trim();
  const named = (name: string): string => `${dataset}/by-hand-${name}`;
  const pathOf = (name: string): string => `${mountPath}/by-hand-${name}`;
  const snapshotPathOf = (name: string, as: string): string => `${named(name)}@${as}`;
  return {
    pathOf,
    snapshotOf: async (reference) => {
      const snapshots = await zfs(["list", "-H", "-r", "-t", "snapshot", "-o", "name", dataset]);
      const found = snapshots.split("\n").find((line) => line.slice(line.indexOf("@") + 1).startsWith(`${reference}.`));
      if (found === undefined) throw new Error(`${dataset} has no snapshot ${reference}.`);
      return found;
    },
    clone: (snapshot, name) => `zfs clone -o mountpoint=${quoted(pathOf(name))} ${quoted(snapshot)} ${quoted(named(name))}`,
    create: (name) => `zfs create -o mountpoint=${quoted(pathOf(name))} ${quoted(named(name))}`,
    snapshot: (name, as) => `zfs snapshot ${quoted(snapshotPathOf(name, as))}`,
    snapshotPathOf,
  };
}

async function zfs(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess({ file: "zfs", args });
  if (exitCode !== 0) throw new Error(`zfs ${args.join(" ")}: ${stderr}`);
  return stdout;
}
