import type { Engine, PointInHistory } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { snapshotOrLatest } from "./point-in-history.ts";

/**
 * What a new VDB is to be a copy of: the snapshot that is named, else the latest of the dataset. Where both are named they belong
 * together: a name means a snapshot of that dataset.
 * @throws EngineError `INPUT_INVALID` with neither, and where the snapshot is of another dataset
 */
export async function pointToCopy(engine: Engine, snapshot: string | undefined, source: string | undefined): Promise<PointInHistory> {
  const dataset = source === undefined ? undefined : await engine.resolveDataset(source);
  const point = await snapshotOrLatest(engine, snapshot, dataset?.reference);
  if (dataset === undefined || !("snapshot" in point)) return point;
  const { name, container } = await engine.resolve("snapshots", point.snapshot);
  if (container === dataset.reference) return point;
  throw new EngineError("INPUT_INVALID", `The snapshot ${name} is not of ${dataset.name}.`, {
    action: `Name a snapshot of ${dataset.name}, or leave source_data_id out.`,
    details: { in: "body", path: "/source_data_id", snapshot: point.snapshot, dataset: container },
  });
}
