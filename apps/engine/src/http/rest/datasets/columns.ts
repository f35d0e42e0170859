import type { Dataset } from "@opendvp/core";

/** What the catalog can order datasets by, by the names of the answers' members. */
export const DATASET_COLUMNS = {
  id: "reference",
  name: "name",
  status: "status",
  wanted_state: "wantedState",
  environment_id: "environment",
  creation_date: "createdAt",
} as const satisfies Readonly<Record<string, keyof Dataset>>;
