import type { JsonObject } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import { redactSealed } from "../plugins/sealing.ts";
import type { StorageLabels } from "../ports/storage-driver.ts";

const FORMAT = 1;

/** What a pool remembers of a timeflow's head dataset: enough to know it again when the catalog is lost. No secrets. */
export function headLabels(dataset: Dataset, plugin: Plugin, timeflow: Timeflow): StorageLabels {
  return {
    format: FORMAT,
    role: "HEAD",
    timeflow: timeflow.reference,
    timeflowName: timeflow.name,
    origin: timeflow.origin,
    parentSnapshot: timeflow.parentSnapshot,
    parentSnapshotData: timeflow.parentSnapshotData === null ? null : redactSealed(timeflow.parentSnapshotData),
    createdAt: timeflow.createdAt,
    ...datasetLabels(dataset, plugin),
  };
}

/** What a pool remembers of a snapshot. */
export function snapshotLabels(dataset: Dataset, plugin: Plugin, snapshot: Snapshot): StorageLabels {
  return {
    format: FORMAT,
    role: "SNAPSHOT",
    reference: snapshot.reference,
    guid: snapshot.guid,
    name: snapshot.name,
    timeflow: snapshot.timeflow,
    takenAt: snapshot.takenAt,
    data: snapshot.data === null ? null : redactSealed(snapshot.data),
    ...datasetLabels(dataset, plugin),
  };
}

/** What a pool remembers of the clone on which a snapshot is prepared, and of the prepared snapshot. */
export function preparationLabels(dataset: Dataset, plugin: Plugin, snapshot: Snapshot): StorageLabels {
  return { ...snapshotLabels(dataset, plugin, snapshot), role: "PREPARATION" };
}

function datasetLabels(dataset: Dataset, plugin: Plugin): JsonObject {
  return {
    dataset: {
      reference: dataset.reference,
      guid: dataset.guid,
      name: dataset.name,
      kind: dataset.kind,
      parameters: redactSealed(dataset.parameters),
    },
    plugin: { pluginId: plugin.pluginId, name: plugin.name, buildNumber: plugin.buildNumber },
  };
}
