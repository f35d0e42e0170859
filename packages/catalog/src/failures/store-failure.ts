/** What a database's own error means to the catalog. */
export type StoreFailure =
  /** A unique index holds another row with the same values in these columns. */
  | { readonly kind: "DUPLICATE"; readonly columns: readonly string[] }
  /** A foreign key would point at nothing; `dangling` says which, where the error tells. */
  | { readonly kind: "DANGLING"; readonly dangling?: string }
  /** The store cannot be reached, and may be again in a moment. */
  | { readonly kind: "UNREACHABLE"; readonly reason: string; readonly action: string }
  /** The store itself cannot go on. */
  | { readonly kind: "BROKEN"; readonly reason: string; readonly action: string };

/** Reads a database's own error; undefined for errors that do not come from it. One per database. */
export type ClassifyFailure = (error: unknown) => StoreFailure | undefined;
