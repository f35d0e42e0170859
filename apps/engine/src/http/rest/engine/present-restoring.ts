import type { EngineStatus } from "@opendvp/contract";
import type { RestorationState } from "@opendvp/core";

/** How far the datasets are back, and which could not be brought back. */
export function presentRestoring({ isDone, total, remaining, failed }: RestorationState): EngineStatus["restoring"] {
  return {
    is_done: isDone,
    total,
    remaining,
    failed: failed.map(({ dataset, name, error: { message, action } }) => ({ dataset_id: dataset, dataset_name: name, message, action })),
  };
}
