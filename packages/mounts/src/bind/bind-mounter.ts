import type { HostConnection, Mounter, MountRequest } from "@opendvp/core";
import { refusedMountPoint } from "../mount-point/check-mount-path.ts";
import { makeDirectories } from "../mount-point/make-directories.ts";
import { planMountPoint } from "../mount-point/plan-mount-point.ts";
import { sharedDirectory } from "../shared-directory.ts";
import { mountLookup, type MountLookup } from "./mount-lookup.ts";

export interface BindMounterOptions {
  /** The engine's own directories (data, pools): nothing is mounted in or over them. */
  readonly protectedPaths: readonly string[];
}

/** Mounts datasets on the engine's own host, by the kernel's bind mounts. Needs root. */
export function createBindMounter({ protectedPaths }: BindMounterOptions): Mounter {
  return {
    technology: "bind",
    async plan(host, mountPath) {
      const { kind, missingParents } = await planMountPoint(host, mountPath, protectedPaths);
      return { directoriesToMake: kind === "ABSENT" ? [...missingParents, mountPath] : [] };
    },
    async mount(host, request) {
      const source = await sharedDirectory(host, request);
      const { isMountPoint } = await host.lookAt(request.mountPath);
      if (!isMountPoint || !(await isMounted(host, request, source))) await mountNew(host, request, source);
      if (request.ownership !== undefined) await host.elevated.changeOwner(request.mountPath, request.ownership.uid, request.ownership.gid);
    },
    async unmount(host, { mountPath, createdDirectories, mark }) {
      const mounts = (await host.mountTable()).filter((line) => line.mountPath === mountPath);
      for (let left = mounts.length; left > 0; left--) await host.elevated.unmount(mountPath, mark);
      for (const directory of createdDirectories.toReversed()) await host.elevated.removeDirectory(directory);
    },
    async mounted(host, expected) {
      const lookup = mountLookup(await host.mountTable());
      const seen = await Promise.all(expected.map((dataset) => isSeen(host, lookup, dataset)));
      return expected.filter((_, index) => seen[index]).map(({ mountPath }) => mountPath);
    },
  };
}

type Expected = Pick<MountRequest, "mountPath" | "datasetPath" | "sharedPath">;

/** The table answers for paths without symbolic links; only where something else seems to be mounted is the host asked again. */
async function isSeen(host: HostConnection, lookup: MountLookup, expected: Expected): Promise<boolean> {
  const { mountPath, datasetPath, sharedPath } = expected;
  if (!lookup.isMountPoint(mountPath)) return false;
  if (lookup.isMountedWith(mountPath, sharedPath === "" ? datasetPath : `${datasetPath}/${sharedPath}`)) return true;
  const directory = await sharedDirectory(host, expected).catch(() => undefined);
  return directory !== undefined && lookup.isMountedWith(mountPath, directory);
}

/** Whether it is there already, as it must be. One that was cut off half-way is taken away: nobody can be using it yet. */
async function isMounted(host: HostConnection, { mountPath, mark }: MountRequest, source: string): Promise<boolean> {
  const lookup = mountLookup(await host.mountTable());
  if (!lookup.isMountedWith(mountPath, source)) return false;
  if (lookup.isConfined(mountPath)) return true;
  await host.elevated.unmount(mountPath, mark);
  return false;
}

/** Looks once more at the mount point: since it was planned, somebody may have put something there. */
async function mountNew(host: HostConnection, request: MountRequest, source: string): Promise<void> {
  const { mountPath, directoriesToMake, mark } = request;
  await makeDirectories(host, directoriesToMake);
  const facts = await host.lookAt(mountPath);
  if (facts.isMountPoint) throw refusedMountPoint(mountPath, "something else is mounted there");
  if (!facts.isEmptyDirectory) throw refusedMountPoint(mountPath, "the directory is not empty, or not there");
  await host.elevated.bindMount(source, mountPath, mark);
}
