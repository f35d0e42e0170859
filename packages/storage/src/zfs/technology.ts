import { writeFile } from "node:fs/promises";
import type { PoolOpening, StorageDriver, StorageTechnology } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { LabelStore } from "../labels/label-store.ts";
import { keptAttributes } from "../plain-trees/kept-attributes.ts";
import { KeyedQueue } from "../pool/keyed-queue.ts";
import { establishPool, mustBeThere } from "../pool/pool-identity.ts";
import { asStorageError } from "../pool/storage-error.ts";
import { checkZfsLocation } from "./check-zfs-location.ts";
import { checkZfsProgram } from "./check-zfs-program.ts";
import { probeFeatures } from "./features.ts";
import { Inventory } from "./inventory.ts";
import { mount } from "./mounting.ts";
import { establishRoot, hasDataset } from "./pool-root.ts";
import { ZfsLayout } from "./zfs-layout.ts";
import type { ZfsParts } from "./zfs-parts.ts";
import { runZfs } from "./zfs-program.ts";
import { ZfsStorageDriver } from "./zfs-storage-driver.ts";

/** Pools in ZFS: the location is a dataset such as `tank/opendvp`, made when absent. Needs root. */
export const zfsTechnology: StorageTechnology = {
  technology: "zfs",

  async open(location: string, opening: PoolOpening = {}): Promise<StorageDriver> {
    checkZfsLocation(location);
    if (process.geteuid?.() !== 0)
      throw unsuitable(location, "datasets of other users' files need root", "Run the engine as root, or use a copying pool.");
    try {
      await checkZfsProgram();
      const features = await probeFeatures();
      const { mountPath, isCompressing } = await establishRoot(location, features, opening);
      const layout = new ZfsLayout(location, mountPath);
      await mustBeThere(layout, opening);
      const identity = await establishPool(layout, "zfs");
      for (const container of layout.containers)
        if (!(await hasDataset(container))) await runZfs(["create", "-o", "canmount=off", container], {});
      const { hasAcls, hasXattrs } = await keptAttributes(layout);
      const parts: ZfsParts = { layout, features, labels: new LabelStore(layout, writeInOrder), structure: new KeyedQueue() };
      await mountAll(layout);
      return new ZfsStorageDriver({
        parts,
        identity,
        capabilities: {
          thinClones: true,
          atomicSnapshots: true,
          recordSize: true,
          compression: isCompressing,
          quota: true,
          send: true,
          acls: hasAcls,
          xattrs: hasXattrs,
        },
      });
    } catch (error) {
      throw asStorageError(error, `Opening the ZFS pool ${location}`);
    }
  },
};

/**
 * Writes a label without a flush: the command that makes its object waits until its transaction is on disk, and ZFS writes
 * transactions whole and in order, so the label is there with it or before.
 */
async function writeInOrder(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
}

/**
 * Mounts what a reboot has left unmounted; where the machine does that by itself, there is nothing to do. One that cannot be
 * mounted is told of when it is asked for, and keeps nobody from the others.
 */
async function mountAll(layout: ZfsLayout): Promise<void> {
  const { inside } = await Inventory.read(layout);
  for (const { handle, object, isHolder, isMounted } of inside)
    if (object !== undefined && !isHolder && !isMounted && !layout.isStaged(handle)) await mount(handle, {}).catch(() => undefined);
}

function unsuitable(location: string, reason: string, action: string): EngineError {
  return new EngineError("STORAGE_UNSUITABLE", `${location} cannot be a ZFS pool: ${reason}.`, { action });
}
