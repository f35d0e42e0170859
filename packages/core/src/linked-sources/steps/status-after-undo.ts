import type { DatasetParts } from "../../datasets/dataset-parts.ts";
import type { ObservedStatus } from "../../entities/dataset.ts";
import type { Workflow } from "../../jobs/workflow.ts";
import { NOT_AS_WANTED } from "../../virtual-sources/steps/running.ts";
import type { LinkedFacts } from "../linked-facts.ts";
import { askStagedStatus } from "./staging.ts";

/** After a failed disable or delete nothing is called back: the status is asked and recorded. */
export function stagedStatusAfterUndo(parts: DatasetParts): NonNullable<Workflow<LinkedFacts>["whenUndone"]> {
  return async (work) => {
    if (!work.facts.isStaged) return {};
    const dataset = await parts.scenes.dataset(work.facts.dataset);
    const scope = { ...work, signal: AbortSignal.timeout(60_000) };
    const status = await askStagedStatus(parts, work.facts, scope).catch((): ObservedStatus => "UNKNOWN");
    const changes = [{ collection: "datasets", update: dataset.reference, set: { status, statusAt: parts.now() } }] as const;
    if ((status === "ACTIVE") === (dataset.wantedState === "RUNNING")) return { changes };
    const message = `${dataset.name} is ${status}, but is wanted to be ${dataset.wantedState}.`;
    return { changes, faults: [{ code: NOT_AS_WANTED, message, action: "Repeat the operation, or enable the dataset." }] };
  };
}
