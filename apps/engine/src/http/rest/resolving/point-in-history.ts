import type { Engine, PointInHistory } from "@opendvp/core";
import { EngineError, type Reference } from "@opendvp/model";

/**
 * A moment as the engine keeps them, in UTC. A text without a zone is UTC.
 * @throws EngineError `INPUT_INVALID`
 */
export function parseMoment(text: string, path: string, place: "body" | "query" = "body"): string {
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const isIso = /^\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?$/i.test(text);
  const moment = isIso ? new Date(hasZone || text.length <= 10 ? text : `${text}Z`) : undefined;
  if (moment !== undefined && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(text)} is no moment.`, {
    action: "Write it as in 2026-11-21T21:00:00Z.",
    details: { in: place, path, keyword: "format" },
  });
}

/** The snapshot that a name or reference means; where a dataset is given, a name means one of its own, and only these are offered. */
export async function namedSnapshot(
  engine: Engine,
  snapshot: string,
  dataset: Reference<"APPDATA_CONTAINER"> | undefined,
): Promise<PointInHistory> {
  const among = dataset === undefined ? undefined : { container: dataset };
  return { snapshot: (await engine.resolve("snapshots", snapshot, among)).reference };
}

/** The snapshot that is named, else the latest of a dataset. @throws EngineError `INPUT_INVALID` with neither */
export async function snapshotOrLatest(
  engine: Engine,
  snapshot: string | undefined,
  dataset: Reference<"APPDATA_CONTAINER"> | undefined,
): Promise<PointInHistory> {
  if (snapshot !== undefined) return namedSnapshot(engine, snapshot, dataset);
  if (dataset !== undefined) return { dataset };
  throw new EngineError("INPUT_INVALID", "The request names neither a snapshot nor a dataset.", {
    action: "Give snapshot_id, or source_data_id for the latest snapshot of a dataset.",
    details: { in: "body", path: "/snapshot_id", keyword: "required" },
  });
}
