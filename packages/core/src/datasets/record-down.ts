import type { Reference } from "@opendvp/model";
import { step, type Step } from "../jobs/workflow.ts";
import type { DatasetParts } from "./dataset-parts.ts";

/** Writes down that a dataset is off its host for the moment; what it is wanted to be stays. */
export function createRecordDown<F extends { readonly dataset: Reference<"APPDATA_CONTAINER"> }>(parts: DatasetParts): Step<F> {
  return step<F>({
    name: "record down",
    run: ({ facts }) =>
      Promise.resolve({
        changes: [{ collection: "datasets", update: facts.dataset, set: { status: "INACTIVE", statusAt: parts.now() } }],
      }),
  });
}
