import { EngineError } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { PointInHistory } from "../use-cases/engine.ts";

/**
 * The snapshot that a point in history means. "Latest" is of the current timeflow; a moment means the last snapshot at or
 * before it. Snapshots that storage alone took are not offered.
 * @throws EngineError `NOT_FOUND`, `STATE_UNSUITABLE`, `INPUT_INVALID`
 */
export async function findPoint(objects: CatalogReads, point: PointInHistory): Promise<Snapshot> {
  if ("snapshot" in point) return usable(found(await objects.snapshots.find(point.snapshot), point.snapshot));
  const dataset = found(await objects.datasets.find(point.dataset), point.dataset);
  const { at } = point;
  const where = at === undefined && dataset.currentTimeflow !== null ? { timeflow: dataset.currentTimeflow } : { container: point.dataset };
  const latestFirst = await objects.snapshots.list({ where, orderBy: "takenAt", descending: true });
  const limit = at === undefined ? undefined : momentOf(at);
  const snapshot = latestFirst.find(
    (candidate) => candidate.data !== null && (limit === undefined || Date.parse(candidate.takenAt) <= limit),
  );
  if (snapshot !== undefined) return snapshot;
  const when = at === undefined ? "" : ` at or before ${at}`;
  throw new EngineError("NOT_FOUND", `${dataset.name} has no snapshot${when} that a copy can start from.`, {
    action: dataset.kind === "DSOURCE" ? "Sync it first, or choose a later moment." : "Take a snapshot first, or choose a later moment.",
    details: { dataset: dataset.reference },
  });
}

function usable(snapshot: Snapshot): Snapshot {
  if (snapshot.data !== null) return snapshot;
  throw new EngineError("STATE_UNSUITABLE", `${snapshot.name} was taken by storage alone, without the plugin: no copy can start from it.`, {
    action: "Choose another snapshot.",
    details: { snapshot: snapshot.reference },
  });
}

function momentOf(text: string): number {
  const moment = Date.parse(text);
  if (!Number.isNaN(moment)) return moment;
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(text.slice(0, 80))} is no moment.`, {
    action: "Give it as ISO 8601, e.g. 2026-11-21T14:30:00Z.",
  });
}
