import { EngineError, findUnixPaths } from "@opendvp/model";
import type { Dataset, LinkedSource } from "../entities/dataset.ts";
import type { WantedMount } from "../plugins/mount-specification.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { hostAddress } from "./host-address.ts";
import { pathOverlap } from "./path-overlap.ts";
import { found } from "./scenes.ts";

/** Directories that a dSource is copied from, on a host. */
interface SourcePlace {
  readonly dSource: LinkedSource;
  readonly hostAddress: string;
  readonly paths: readonly string[];
}

/**
 * A copy must not lie where a sync would find it, and copy the copy. What a dSource is copied from is what its source config calls a
 * path, by `format: unixpath`; links on the host are not followed. Only dSources that were there before the dataset count: one that is
 * linked later, from what a copy holds or from around it, does not keep the copy from being mounted again.
 * @throws EngineError `MOUNT_POINT_REFUSED`
 */
export async function checkOutsideSources(objects: CatalogReads, dataset: Dataset, mounts: readonly WantedMount[]): Promise<void> {
  if (mounts.length === 0) return;
  const places = await sourcePlaces(objects, dataset);
  for (const { environment, mountPath } of mounts) {
    const address = await hostAddress(objects, environment);
    for (const { dSource, paths } of places.filter(({ hostAddress }) => hostAddress === address)) {
      const reason = paths.map((path) => pathOverlap(mountPath, path)).find((each) => each !== undefined);
      if (reason !== undefined) throw refused(mountPath, reason, dSource);
    }
  }
}

async function sourcePlaces(objects: CatalogReads, dataset: Dataset): Promise<readonly SourcePlace[]> {
  const places: SourcePlace[] = [];
  for (const dSource of await objects.datasets.list({ where: { kind: "DSOURCE" } })) {
    if (dSource.kind !== "DSOURCE" || dSource.createdAt > dataset.createdAt) continue;
    const sourceConfig = found(await objects.sourceConfigs.find(dSource.sourceConfig), dSource.sourceConfig);
    const plugin = found(await objects.plugins.find(dSource.plugin), dSource.plugin);
    const { environment } = found(await objects.repositories.find(sourceConfig.repository), sourceConfig.repository);
    const paths = findUnixPaths(plugin.schemas.sourceConfigDefinition, sourceConfig.data);
    places.push({ dSource, hostAddress: await hostAddress(objects, environment), paths });
  }
  return places;
}

function refused(mountPath: string, reason: string, dSource: LinkedSource): EngineError {
  const why = `${reason}, which the dSource ${dSource.name} is copied from: its next sync would copy the copy`;
  return new EngineError("MOUNT_POINT_REFUSED", `Nothing can be mounted at ${JSON.stringify(mountPath)}: ${why}.`, {
    action: `Choose a directory apart from what ${dSource.name} is copied from.`,
    details: { mountPath, reason: why, dataset: dSource.reference },
  });
}
