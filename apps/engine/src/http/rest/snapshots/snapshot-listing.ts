import { Snapshot } from "@opendvp/contract";
import type { Snapshot as SnapshotEntity, Where } from "@opendvp/core";
import type { Listed } from "../listing/listed.ts";
import { loadDatasets } from "../resolving/load-datasets.ts";
import type { RestContext } from "../rest-context.ts";
import { presentSnapshot } from "./presenter.ts";

/** All snapshots, or those of one dataset. */
export function snapshotListing(context: RestContext, where?: Where<SnapshotEntity>): Listed<SnapshotEntity, Snapshot> {
  return {
    schema: Snapshot,
    source: context.engine.objects.snapshots,
    ...(where === undefined ? {} : { where }),
    present: async (snapshots) => {
      const containers = snapshots.map(({ container }) => container);
      const datasets = await loadDatasets(context.engine, containers);
      return snapshots.map((snapshot) => presentSnapshot(snapshot, datasets, context));
    },
    columns: {
      id: "reference",
      name: "name",
      dataset_id: "container",
      timeflow_id: "timeflow",
      timestamp: "takenAt",
      creation_time: "takenAt",
    },
  };
}
