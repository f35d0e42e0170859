import { copyFile } from "node:fs/promises";
import { constants } from "node:fs";
import { join } from "node:path";
import { makeLoopFileSystem, type LoopFileSystem } from "@opendvp/testkit";
import { runProcess } from "@opendvp/subprocess";

/** A pool's file system whose image lies on another btrfs, so that one moment of it can be kept. */
export interface PowerCut {
  readonly location: string;
  /** Goes on with the file system as it would be had the power gone now: what was only in memory is lost. */
  cut(): Promise<void>;
}

export async function makePowerCut(directory: string): Promise<PowerCut> {
  const outer = await makeLoopFileSystem({ directory, name: "outer", fileSystem: "btrfs", sizeBytes: 1024 ** 3 });
  const inner: LoopFileSystem = await makeLoopFileSystem({
    directory: outer.mountPath,
    name: "inner",
    fileSystem: "btrfs",
    sizeBytes: 512 * 1024 ** 2,
    // The kernel commits by itself every 30 seconds; here nothing is on disk that no call put there.
    options: ["commit=300"],
  });
  return {
    location: inner.mountPath,
    cut: async () => {
      const kept = join(outer.mountPath, "kept.img");
      // A clone of all blocks at one moment.
      await copyFile(inner.imagePath, kept, constants.COPYFILE_FICLONE_FORCE);
      await inner.unmount();
      await copyFile(kept, inner.imagePath, constants.COPYFILE_FICLONE_FORCE);
      await runProcess({ file: "sync", args: ["--file-system", outer.mountPath] });
      await inner.mount(["commit=300"]);
    },
  };
}
