import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endUsersOf, runProcess } from "@opendvp/subprocess";
import { makeLoopFileSystem } from "@opendvp/testkit";

/** A directory whose power can be cut: what it holds at that moment is kept, and can be shown in its place later. */
export interface CuttablePlace {
  readonly path: string;
  /** Keeps all that is on the file system now, at one moment, as a machine would find it that lost its power then. */
  cut(name: string): Promise<void>;
  /** Ends and unmounts all that works in the test's directory, as the end of the machine would, and shows a cut in place. */
  bootFrom(name: string): Promise<void>;
}

const OUTER_BYTES = 6 * 1024 ** 3;
const TRIES = 50;

/** One btrfs that holds catalog and pool image; the place is one of its subvolumes, and a cut is a snapshot of that. */
export async function makeCuttablePlace(directory: string): Promise<CuttablePlace> {
  const outer = await makeLoopFileSystem({ directory, name: "outer", fileSystem: "btrfs", sizeBytes: OUTER_BYTES });
  const path = join(directory, "place");
  const live = join(outer.mountPath, "live");
  await succeed("btrfs", ["subvolume", "create", live]);
  await mkdir(path);
  await succeed("mount", ["--bind", "--", live, path]);
  return {
    path,
    cut: (name) => succeed("btrfs", ["subvolume", "snapshot", live, join(outer.mountPath, name)]),
    async bootFrom(name) {
      await endUsersOf(directory);
      for (const mountPath of await mountsBelow(directory)) if (mountPath !== outer.mountPath) await unmount(mountPath);
      await succeed("mount", ["--bind", "--", join(outer.mountPath, name), path]);
    },
  };
}

/** The later a mount was made, the earlier it goes. */
async function mountsBelow(directory: string): Promise<readonly string[]> {
  const lines = (await readFile("/proc/self/mountinfo", "utf8")).split("\n");
  return lines
    .map((line) => line.split(" ")[4] ?? "")
    .filter((path) => path.startsWith(`${directory}/`))
    .reverse();
}

/** A process that was just killed may still hold it. */
async function unmount(path: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { exitCode, stderr } = await runProcess({ file: "umount", args: ["--", path] });
    if (exitCode === 0) return;
    if (tries === TRIES) throw new Error(stderr);
    await sleep(50);
  }
}

async function succeed(file: string, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runProcess({ file, args });
  if (exitCode !== 0) throw new Error(`${file} ${args.join(" ")}: ${stderr}`);
}
