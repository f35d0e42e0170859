import { EngineError } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { Mount } from "../entities/mount.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import type { WantedMount } from "../plugins/mount-specification.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { hostAddress } from "./host-address.ts";
import { isSamePlace } from "./mount-plan.ts";
import { pathOverlap } from "./path-overlap.ts";
import type { TakenPlace } from "./planned-places.ts";

/** The letter that follows the slash: all that begins with a slash lies before it. */
const BEHIND_SLASH = "0";

export interface OtherMountsCheck {
  readonly wanted: readonly WantedMount[];
  /** The dataset's mounts so far; what is wanted where it is already was found good before. */
  readonly known: readonly Mount[];
  /** Where other datasets are about to be. */
  readonly planned: readonly TakenPlace[];
}

/**
 * A dataset is not mounted at, in or around another one on its host: the outer one could not be unmounted any more, and
 * what the inner one holds would be taken for its data. The mounts of one specification may lie in each other.
 * @throws EngineError `MOUNT_POINT_REFUSED`
 */
export async function checkOtherMounts(
  objects: CatalogReads,
  at: { readonly dataset: Dataset; readonly timeflow: Timeflow },
  { wanted, known, planned }: OtherMountsCheck,
): Promise<void> {
  const fresh = wanted.filter((mount) => !known.some((other) => isSamePlace(other, mount)));
  if (fresh.length === 0) return;
  const isOfThisSpecification = (mount: Mount): boolean =>
    mount.timeflow === at.timeflow.reference && wanted.some((other) => isSamePlace(other, mount));
  for (const { environment, mountPath } of fresh) {
    const mounted = (await mountsMeeting(objects, mountPath)).filter((mount) => !isOfThisSpecification(mount));
    for (const other of [...mounted, ...planned]) {
      const reason = pathOverlap(mountPath, other.mountPath);
      if (reason === undefined || !(await isOneHost(objects, environment, other.environment))) continue;
      const inTheWay = await objects.datasets.find(other.container);
      // Whoever was about to be there may have been given up meanwhile.
      if (inTheWay !== undefined) throw refused({ mountPath, reason, isPlanned: planned.includes(other) }, at.dataset, inTheWay);
    }
  }
}

/** Those at a path, in or around it. Stored paths have no parts to be resolved. */
async function mountsMeeting(objects: CatalogReads, path: string): Promise<readonly Mount[]> {
  const parts = path.split("/");
  const around = parts.map((_, index) => parts.slice(0, index + 1).join("/") || "/");
  const inside = { from: `${path}/`, before: `${path}${BEHIND_SLASH}` };
  return [
    ...(await objects.mounts.list({ where: { mountPath: around } })),
    ...(await objects.mounts.list({ where: { mountPath: inside } })),
  ];
}

async function isOneHost(objects: CatalogReads, one: Mount["environment"], other: Mount["environment"]): Promise<boolean> {
  return one === other || (await hostAddress(objects, one)) === (await hostAddress(objects, other));
}

function refused(
  at: { readonly mountPath: string; readonly reason: string; readonly isPlanned: boolean },
  dataset: Dataset,
  inTheWay: Dataset,
): EngineError {
  const isItself = dataset.reference === inTheWay.reference;
  const reason = `${at.reason}, where ${inTheWay.name} is ${at.isPlanned ? "about to be " : ""}mounted`;
  return new EngineError("MOUNT_POINT_REFUSED", `Nothing can be mounted at ${JSON.stringify(at.mountPath)}: ${reason}.`, {
    action: isItself
      ? `Choose a directory apart from it, or disable ${inTheWay.name} first.`
      : "Choose a directory apart from those of other datasets.",
    details: { mountPath: at.mountPath, reason, dataset: inTheWay.reference },
  });
}
