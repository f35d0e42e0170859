import type { HostConnection, Mounter } from "@opendvp/core";
import { refusedMountPoint } from "../mount-point/check-mount-path.ts";
import { makeDirectories } from "../mount-point/make-directories.ts";
import { planMountPoint } from "../mount-point/plan-mount-point.ts";
import { sharedDirectory } from "../shared-directory.ts";

export interface SymlinkMounterOptions {
  /** The engine's own directories (data, pools): nothing is linked in or over them. */
  readonly protectedPaths: readonly string[];
}

/**
 * Shows a dataset by a symbolic link at the mount path. Needs no root, and promises less than a mount: the mount point
 * must be absent (an empty directory of the user's is not taken away), and a link is removed although processes use the dataset.
 */
export function createSymlinkMounter({ protectedPaths }: SymlinkMounterOptions): Mounter {
  return {
    technology: "symlink",
    async plan(host, mountPath) {
      const { kind, missingParents } = await planMountPoint(host, mountPath, protectedPaths);
      if (kind === "DIRECTORY") throw refusedMountPoint(mountPath, "the directory exists, and a symbolic link needs its place");
      return { directoriesToMake: missingParents };
    },
    async mount(host, { datasetPath, sharedPath, mountPath, directoriesToMake, ownership }) {
      const source = await sharedDirectory(host, { datasetPath, sharedPath });
      await makeDirectories(host, directoriesToMake, async () => {
        const { kind } = await host.lookAt(mountPath);
        if (kind !== "ABSENT" && !(await leadsTo(host, mountPath, source))) throw refusedMountPoint(mountPath, "something else is there");
        await host.elevated.makeSymlink(source, mountPath);
      });
      if (ownership !== undefined) await host.elevated.changeOwner(source, ownership.uid, ownership.gid);
    },
    async unmount(host, { mountPath, createdDirectories }) {
      await host.elevated.removeSymlink(mountPath);
      for (const directory of createdDirectories.toReversed()) await host.elevated.removeDirectory(directory);
    },
    async mounted(host, expected) {
      const looks = expected.map(async ({ mountPath, datasetPath, sharedPath }) => {
        const directory = await host.lookAt(sharedPath === "" ? datasetPath : `${datasetPath}/${sharedPath}`);
        return directory.kind !== "ABSENT" && (await leadsTo(host, mountPath, directory.realPath)) ? [mountPath] : [];
      });
      return (await Promise.all(looks)).flat();
    },
  };
}

async function leadsTo(host: HostConnection, path: string, directory: string): Promise<boolean> {
  const facts = await host.lookAt(path);
  return facts.kind === "SYMLINK" && facts.realPath === directory;
}
