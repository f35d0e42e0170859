import type { DSource, Vdb } from "@opendvp/contract";
import { formatBytes } from "./format-bytes.ts";
import { formatTime } from "./format-time.ts";

type Detail = readonly [string, string | number | boolean | null | undefined];

/** What is told of dSources and VDBs alike. */
export function datasetDetails(dataset: DSource | Vdb, isPlainBytes: boolean | undefined): readonly Detail[] {
  const bytes = (size: number | null | undefined): string => formatBytes(size, isPlainBytes);
  return [
    ["Name", dataset.name],
    ["Id", dataset.id],
    ["Description", dataset.description],
    ["Plugin", `${dataset.database_type} ${dataset.plugin_version}`],
    ["Environment", `${dataset.environment_name} (${dataset.environment_user_name})`],
    ["Repository", dataset.repository_name],
    ["Pool", dataset.pool_name],
    ["Status", `${dataset.status}, wanted ${dataset.wanted_state}`],
    ["Stage", dataset.stage === "READY" ? undefined : dataset.stage],
    ["Size", bytes(dataset.size)],
    ["Content on the pool", bytes(dataset.usage?.referenced_bytes)],
    [
      "Held by it alone",
      dataset.usage === null ? "-" : `${bytes(dataset.usage.exclusive_bytes)}, ${formatTime(dataset.usage.measured_time)}`,
    ],
    ["VDBs made from it", dataset.dependant_vdbs],
    ["Timeflow", dataset.current_timeflow_id],
    ["Created", formatTime(dataset.creation_date)],
  ];
}
