import type { Reference } from "@opendvp/model";

/** Where a copy starts: a snapshot, or the last one of a dataset, or the last one at or before a moment (ISO 8601). */
export type PointInHistory =
  { readonly snapshot: Reference<"APPDATA_SNAPSHOT"> } | { readonly dataset: Reference<"APPDATA_CONTAINER">; readonly at?: string };
