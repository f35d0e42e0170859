import { EngineError, type Reference } from "@opendvp/model";
import { deletionPlan, dependentsOfSnapshots, mustHaveNoDependents, storageNamesOfSnapshot } from "../datasets/deletion-plan.ts";
import { found } from "../datasets/scenes.ts";
import { exclusive, shared } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { DeletionPlan } from "../use-cases/deletion-plan.ts";
import type { TimeflowUseCases } from "../use-cases/timeflow-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { DeleteTimeflowFacts } from "./delete.ts";

interface OfTimeflow {
  readonly timeflow: Reference<"APPDATA_TIMEFLOW">;
}

/** What can be asked of former timeflows. */
export function createTimeflowUseCases(parts: UseCaseParts, workflow: Workflow<DeleteTimeflowFacts>): TimeflowUseCases {
  const { objects } = parts.catalog;
  const plan = async (reference: Reference<"APPDATA_TIMEFLOW">): Promise<DeletionPlan> => {
    const timeflow = await former(objects, reference);
    const { pool } = found(await objects.datasets.find(timeflow.container), timeflow.container);
    const snapshots = await objects.snapshots.list({ where: { timeflow: reference } });
    const names = [...(timeflow.storageName === null ? [] : [timeflow.storageName]), ...snapshots.flatMap(storageNamesOfSnapshot)];
    return deletionPlan(parts.pools.driver(pool), names, await dependentsOfSnapshots(objects, snapshots));
  };
  const remove = parts.jobs.takes<OfTimeflow, DeleteTimeflowFacts>("timeflow.delete", async ({ timeflow: reference }) => {
    const { name } = await former(objects, reference);
    const draft = async (choose: Choose) => {
      const timeflow = await former(choose.objects, reference);
      const snapshots = await choose.objects.snapshots.list({ where: { timeflow: reference } });
      mustHaveNoDependents(`Timeflow ${name}`, { dependents: await dependentsOfSnapshots(choose.objects, snapshots) });
      const { name: targetName, plugin } = found(await choose.objects.datasets.find(timeflow.container), timeflow.container);
      const locks = [exclusive(timeflow.container), shared(plugin), ...snapshots.map((snapshot) => exclusive(snapshot.reference))];
      return { target: timeflow.container, targetName, input: { timeflow: reference }, locks };
    };
    return { workflow, title: `Delete timeflow ${name}`, targetName: name, draft };
  });
  return {
    plan,
    delete: async (timeflow, ask) => {
      const { name } = await former(objects, timeflow);
      mustHaveNoDependents(`Timeflow ${name}`, await plan(timeflow));
      return remove({ timeflow }, ask);
    },
  };
}

async function former(objects: CatalogReads, reference: Reference<"APPDATA_TIMEFLOW">) {
  const timeflow = found(await objects.timeflows.find(reference), reference);
  const dataset = found(await objects.datasets.find(timeflow.container), timeflow.container);
  if (dataset.currentTimeflow !== reference) return timeflow;
  throw new EngineError("STATE_UNSUITABLE", `${timeflow.name} is the current timeflow of ${dataset.name}.`, {
    action: `Delete ${dataset.name} itself, or rewind it first.`,
  });
}
