import type { Dataset, ObservedStatus } from "../entities/dataset.ts";
import type { OperationScope } from "../plugins/operations.ts";
import type { DatasetParts } from "./dataset-parts.ts";
import { mountsThere } from "./mounts-there.ts";
import { linkedArguments, virtualArguments } from "./plugin-arguments.ts";
import type { Sighting } from "./wanted-state.ts";

/**
 * Looks at a dataset on its host. One whose mounts are not all there is INACTIVE whatever its plugin says. Where the plugin
 * has no word for its status, or cannot tell, one that is mounted and wanted running counts as ACTIVE, and no other.
 */
export async function lookAtDataset(parts: DatasetParts, dataset: Dataset, scope: OperationScope): Promise<Sighting> {
  if (dataset.currentTimeflow === null) return { status: "INACTIVE", mounts: "NONE" };
  const { scenes } = parts;
  const scene = dataset.kind === "VDB" ? await scenes.virtual(dataset.reference) : await scenes.linked(dataset.reference);
  const timeflow = await scenes.timeflow(dataset.currentTimeflow);
  const there = await mountsThere(parts, scene, timeflow);
  if (there !== "ALL") return { status: "INACTIVE", mounts: there };
  const said = await askStatus(parts, dataset, scope);
  return said === "UNKNOWN" ? { status: statusWithoutPlugin(dataset), mounts: there, isAssumed: true } : { status: said, mounts: there };
}

async function askStatus({ scenes, operations, mounts }: DatasetParts, dataset: Dataset, scope: OperationScope): Promise<ObservedStatus> {
  const known = dataset.currentTimeflow === null ? [] : await mounts.of(dataset.currentTimeflow);
  if (dataset.kind === "DSOURCE") {
    const scene = await scenes.linked(dataset.reference);
    if (!operations.has(scene.plugin, "linked.status")) return statusWithoutPlugin(dataset);
    return operations.of(scene.plugin).askForStatus("linked.status", linkedArguments(scene, known), scope);
  }
  const scene = await scenes.virtual(dataset.reference);
  if (!operations.has(scene.plugin, "virtual.status") || dataset.currentTimeflow === null) return statusWithoutPlugin(dataset);
  const { sourceConfig } = await scenes.timeflow(dataset.currentTimeflow);
  const args = virtualArguments(scene, known, { sourceConfig: sourceConfig ?? {} });
  return operations.of(scene.plugin).askForStatus("virtual.status", args, scope);
}

function statusWithoutPlugin({ wantedState }: Dataset): ObservedStatus {
  return wantedState === "RUNNING" ? "ACTIVE" : "INACTIVE";
}
