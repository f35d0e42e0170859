import { Snapshot } from "@opendvp/contract";
import type { Snapshot as SnapshotEntity, Where } from "@opendvp/core";
import type { Listed } from "../listing/listed.ts";
import { loadIndex } from "../resolving/loaded-index.ts";
import type { RestContext } from "../rest-context.ts";
import { presentSnapshot } from "./presenter.ts";

/** All snapshots, or those of one dataset. */
export function snapshotListing(context: RestContext, where?: Where<SnapshotEntity>): Listed<SnapshotEntity, Snapshot> {
  return {
    schema: Snapshot,
    source: context.engine.objects.snapshots,
    ...(where === undefined ? {} : { where }),
    present: async (snapshots) => {
      const index = await loadIndex(context.engine, ["datasets"]);
      return snapshots.map((snapshot) => presentSnapshot(snapshot, index, context));
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
