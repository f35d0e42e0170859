import type { Handlers } from "../handler.ts";
import { listingHandlers } from "../listing/listing-handlers.ts";
import { loadDatasets } from "../resolving/load-datasets.ts";
import { startedJob } from "../resolving/started-job.ts";
import type { RestContext } from "../rest-context.ts";
import { presentDeletionPlan, presentSnapshot } from "./presenter.ts";
import { snapshotListing } from "./snapshot-listing.ts";

export function snapshotHandlers(context: RestContext): Handlers<"snapshots"> {
  const { engine } = context;
  return {
    ...listingHandlers(() => snapshotListing(context)),
    show: async ({ params }) => {
      const snapshot = await engine.resolve("snapshots", params.snapshotId);
      return presentSnapshot(snapshot, await loadDatasets(engine, [snapshot.container]), context);
    },
    deletionPlan: async ({ params }) =>
      presentDeletionPlan(await engine.snapshots.plan((await engine.resolve("snapshots", params.snapshotId)).reference)),
    delete: async ({ params }, { ask }) => {
      const { reference } = await engine.resolve("snapshots", params.snapshotId);
      return { job: await startedJob(engine, await engine.snapshots.delete(reference, ask)), snapshot_id: reference };
    },
  };
}
