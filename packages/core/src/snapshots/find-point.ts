import { EngineError } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Dataset } from "../entities/dataset.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { PointInHistory } from "../use-cases/point-in-history.ts";

// Date.parse alone takes "1" for a year and much else for a date.
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * The snapshot that a point in history means. "Latest" is the last one made on the current timeflow, whatever the clock said;
 * a moment means the last snapshot at or before it. Snapshots that storage alone took are not offered.
 * @throws EngineError `NOT_FOUND`, `STATE_UNSUITABLE`, `INPUT_INVALID`
 */
export async function findPoint(objects: CatalogReads, point: PointInHistory): Promise<Snapshot> {
  if ("snapshot" in point) {
    const snapshot = usable(found(await objects.snapshots.find(point.snapshot), point.snapshot));
    mustStay(found(await objects.datasets.find(snapshot.container), snapshot.container));
    return snapshot;
  }
  const dataset = found(await objects.datasets.find(point.dataset), point.dataset);
  mustStay(dataset);
  const { at } = point;
  const where = at === undefined && dataset.currentTimeflow !== null ? { timeflow: dataset.currentTimeflow } : { container: point.dataset };
  const latestFirst = await objects.snapshots.list({ where, orderBy: at === undefined ? "reference" : "takenAt", descending: true });
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

// While its deletion is under way, or could not be finished, some of its snapshots are gone already.
function mustStay(dataset: Dataset): void {
  if (dataset.stage !== "DELETING") return;
  throw new EngineError("STATE_UNSUITABLE", `${dataset.name} is being deleted: no copy can start from it.`, {
    action: "Choose a snapshot of another dataset.",
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
  const moment = ISO_8601.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(text.slice(0, 80))} is no moment.`, {
    action: "Give it as ISO 8601, e.g. 2026-11-21T14:30:00Z.",
  });
}
