import { EngineError } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { Mount } from "../entities/mount.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import type { WantedMount } from "../plugins/mount-specification.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { hostAddress } from "./host-address.ts";
import { isSamePlace } from "./mount-plan.ts";
import { pathOverlap } from "./path-overlap.ts";
import { found } from "./scenes.ts";

/**
 * A dataset is not mounted at, in or around another one on its host: the outer one could not be unmounted any more, and
 * what the inner one holds would be taken for its data. The mounts of one specification may lie in each other.
 * `known` are the dataset's mounts so far; what is wanted where it is already was found good before.
 * @throws EngineError `MOUNT_POINT_REFUSED`
 */
export async function checkOtherMounts(
  objects: CatalogReads,
  at: { readonly dataset: Dataset; readonly timeflow: Timeflow },
  { wanted, known }: { readonly wanted: readonly WantedMount[]; readonly known: readonly Mount[] },
): Promise<void> {
  const fresh = wanted.filter((mount) => !known.some((other) => isSamePlace(other, mount)));
  if (fresh.length === 0) return;
  const isOfThisSpecification = (mount: Mount): boolean =>
    mount.timeflow === at.timeflow.reference && wanted.some((other) => isSamePlace(other, mount));
  const others = (await objects.mounts.list()).filter((mount) => !isOfThisSpecification(mount));
  for (const { environment, mountPath } of fresh) {
    for (const other of others) {
      const reason = pathOverlap(mountPath, other.mountPath);
      if (reason === undefined || !(await isOneHost(objects, environment, other.environment))) continue;
      throw refused({ mountPath, reason }, at.dataset, found(await objects.datasets.find(other.container), other.container));
    }
  }
}

async function isOneHost(objects: CatalogReads, one: Mount["environment"], other: Mount["environment"]): Promise<boolean> {
  return one === other || (await hostAddress(objects, one)) === (await hostAddress(objects, other));
}

function refused(at: { readonly mountPath: string; readonly reason: string }, dataset: Dataset, inTheWay: Dataset): EngineError {
  const isItself = dataset.reference === inTheWay.reference;
  const reason = `${at.reason}, where ${inTheWay.name} is mounted`;
  return new EngineError("MOUNT_POINT_REFUSED", `Nothing can be mounted at ${JSON.stringify(at.mountPath)}: ${reason}.`, {
    action: isItself
      ? `Choose a directory apart from it, or disable ${inTheWay.name} first.`
      : "Choose a directory apart from those of other datasets.",
    details: { mountPath: at.mountPath, reason, dataset: inTheWay.reference },
  });
}
