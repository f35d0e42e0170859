import type { Reference } from "@opendvp/model";
import { deletionPlan, dependentsOfSnapshots, mustHaveNoDependents, storageNamesOfSnapshot } from "../datasets/deletion-plan.ts";
import { found } from "../datasets/scenes.ts";
import { exclusive, shared } from "../jobs/locks.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { DeletionPlan } from "../use-cases/deletion-plan.ts";
import type { SnapshotUseCases } from "../use-cases/snapshot-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import type { DeleteSnapshotFacts } from "./delete.ts";

interface OfSnapshot {
  readonly snapshot: Reference<"APPDATA_SNAPSHOT">;
}

/** What can be asked of snapshots. */
export function createSnapshotUseCases(parts: UseCaseParts, workflow: Workflow<DeleteSnapshotFacts>): SnapshotUseCases {
  const { objects } = parts.catalog;
  const plan = async (reference: Reference<"APPDATA_SNAPSHOT">): Promise<DeletionPlan> => {
    const snapshot = found(await objects.snapshots.find(reference), reference);
    const { pool } = found(await objects.datasets.find(snapshot.container), snapshot.container);
    return deletionPlan(parts.pools.driver(pool), storageNamesOfSnapshot(snapshot), await dependentsOfSnapshots(objects, [snapshot]));
  };
  const remove = parts.jobs.takes<OfSnapshot, DeleteSnapshotFacts>("snapshot.delete", async ({ snapshot: reference }) => {
    const { name } = found(await objects.snapshots.find(reference), reference);
    const draft = async (choose: Choose) => {
      const snapshot = found(await choose.objects.snapshots.find(reference), reference);
      mustHaveNoDependents(`Snapshot ${name}`, { dependents: await dependentsOfSnapshots(choose.objects, [snapshot]) });
      const { plugin } = found(await choose.objects.datasets.find(snapshot.container), snapshot.container);
      // Its timeflows forget it, so that no job of the dataset may be under way.
      const locks = [exclusive(reference), exclusive(snapshot.container), shared(plugin)];
      return { target: reference, input: { snapshot: reference }, locks };
    };
    return { workflow, title: `Delete snapshot ${name}`, targetName: name, draft };
  });
  return {
    plan,
    delete: async (snapshot, ask) => {
      const { name } = found(await objects.snapshots.find(snapshot), snapshot);
      mustHaveNoDependents(`Snapshot ${name}`, await plan(snapshot));
      return remove({ snapshot }, ask);
    },
  };
}
