/** What a database's own error means to the catalog. */
export type StoreFailure =
  /** A unique index holds another row with the same values in these columns. */
  | { readonly kind: "DUPLICATE"; readonly columns: readonly string[] }
  /** A foreign key would point at nothing; `dangling` says which, where the error tells. */
  | { readonly kind: "DANGLING"; readonly dangling?: string }
  /** The store cannot be reached, and may be again in a moment. */
  | { readonly kind: "UNREACHABLE"; readonly reason: string; readonly action: string }
  /** The store does not take what it was told, now or later: a value that it cannot keep, or a defect of the engine's. */
  | { readonly kind: "REFUSED"; readonly code: "INPUT_INVALID" | "INTERNAL"; readonly reason: string; readonly action: string }
  /** The store itself cannot go on. The same work may succeed once somebody has mended it. */
  | { readonly kind: "BROKEN"; readonly reason: string; readonly action: string };

/** Reads a database's own error; undefined for errors that do not come from it. One per database. */
export type ClassifyFailure = (error: unknown) => StoreFailure | undefined;
