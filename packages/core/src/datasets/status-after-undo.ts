import type { Reference } from "@opendvp/model";
import type { Workflow } from "../jobs/workflow.ts";
import { scopeOf, type DatasetParts } from "./dataset-parts.ts";
import { lookAtDataset } from "./look-at-dataset.ts";
import { isAsWanted, notAsWanted } from "./wanted-state.ts";

const LIMIT_MS = 60_000;

/** After a failed stop, disable or delete nothing is called back: the status is asked and recorded. */
export function statusAfterUndo<F extends { readonly dataset: Reference<"APPDATA_CONTAINER"> }>(
  parts: DatasetParts,
  livesOnAHost: (facts: F) => boolean = () => true,
): NonNullable<Workflow<F>["whenUndone"]> {
  return async (work) => {
    if (!livesOnAHost(work.facts)) return {};
    const dataset = await parts.scenes.dataset(work.facts.dataset);
    const scope = scopeOf({ ...work, signal: AbortSignal.timeout(LIMIT_MS) });
    const seen = await lookAtDataset(parts, dataset, scope).catch(() => undefined);
    const status = seen?.status ?? "UNKNOWN";
    const changes = [{ collection: "datasets", update: dataset.reference, set: { status, statusAt: parts.now() } }] as const;
    // What cannot be seen is not known to be running.
    const sighting = seen ?? { status, mounts: dataset.wantedState === "DISABLED" ? "NONE" : "ALL" };
    return isAsWanted(dataset.wantedState, sighting) ? { changes } : { changes, faults: [notAsWanted(dataset, sighting)] };
  };
}
