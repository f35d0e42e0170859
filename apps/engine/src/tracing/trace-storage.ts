import type { StorageDriver, StorageTechnology } from "@opendvp/core";
import type { JobTracer } from "./job-tracer.ts";
import { withSpans } from "./with-spans.ts";

const CALLS = [
  ...(["createDataset", "snapshot", "clone", "deleteDataset", "deleteSnapshot", "makeReachable", "find", "list", "setLabels"] as const),
  ...(["strangers", "usage", "datasetUsage", "freedBytes", "send", "receive"] as const),
] as const satisfies readonly (keyof StorageDriver)[];

/** A back end whose pools' calls are spans. */
export function traceStorage(technology: StorageTechnology, tracer: JobTracer): StorageTechnology {
  return {
    technology: technology.technology,
    open: async (location, options) => withSpans(await technology.open(location, options), tracer, { kind: "storage", methods: CALLS }),
  };
}
