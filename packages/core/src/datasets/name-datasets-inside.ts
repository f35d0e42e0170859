import { EngineError } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { hostAddress } from "./host-address.ts";
import { isBelow } from "./path-overlap.ts";
import { found } from "./scenes.ts";

/** `MOUNT_BUSY` with the names of the datasets that are mounted inside; another error as it is. */
export async function nameDatasetsInside(
  objects: CatalogReads,
  mount: Pick<Mount, "environment" | "mountPath">,
  error: EngineError,
): Promise<EngineError> {
  if (error.code !== "MOUNT_BUSY") return error;
  const address = await hostAddress(objects, mount.environment);
  const names = new Map<Mount["container"], string>();
  for (const other of await objects.mounts.list()) {
    if (!isBelow(other.mountPath, mount.mountPath) || (await hostAddress(objects, other.environment)) !== address) continue;
    names.set(other.container, found(await objects.datasets.find(other.container), other.container).name);
  }
  if (names.size === 0) return error;
  const list = [...names.values()].join(", ");
  return new EngineError("MOUNT_BUSY", `${error.message} Mounted inside it: ${list}.`, {
    action: `Disable ${list} first, then repeat. ${error.action}`.trim(),
    details: { ...error.details, datasets: [...names.keys()] },
    cause: error,
  });
}
