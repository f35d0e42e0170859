import type { Dataset, Engine, Job, User } from "@opendvp/core";
import { isReference } from "@opendvp/model";
import { loadDatasets } from "../../rest/resolving/load-datasets.ts";
import { groupedName } from "../source/group.ts";

/** What jobs are shown with beside themselves. */
export interface JobNames {
  /** What the job's target is called, as clients compare it. */
  targetNameOf(job: Job): string;
  askerOf(job: Job): User["reference"] | null;
  /** What was asked for, e.g. `vdb.refresh`. */
  operationOf(job: Job): string;
}

/** Reads what some jobs are shown with. */
export async function loadJobNames(engine: Engine, jobs: readonly Job[]): Promise<JobNames> {
  const targets = jobs.flatMap(({ target }) => (target !== null && isReference(target, "APPDATA_CONTAINER") ? [target] : []));
  const [datasets, actions] = await Promise.all([
    loadDatasets(engine, targets),
    engine.objects.actions.list({ where: { reference: jobs.map(({ action }) => action) } }),
  ]);
  const actionOf = new Map(actions.map((action) => [action.reference, action]));
  return {
    targetNameOf: (job) => targetName(job, datasets),
    askerOf: ({ action }) => actionOf.get(action)?.asker ?? null,
    operationOf: ({ action, workflow }) => actionOf.get(action)?.operation ?? workflow,
  };
}

function targetName({ target, targetName }: Job, datasets: ReadonlyMap<string, Dataset>): string {
  const isDataset = target !== null && isReference(target, "APPDATA_CONTAINER");
  return isDataset ? groupedName(datasets.get(target)?.name ?? targetName) : targetName;
}
