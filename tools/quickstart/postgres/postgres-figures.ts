import type { StepFigures } from "../figures.ts";

/** What the tour of PostgreSQL shows. */
export interface PostgresFigures {
  readonly source: { readonly version: string; readonly bytes: number };
  readonly pool: { readonly driver: string; readonly isThin: boolean };
  readonly steps: readonly StepFigures[];
  /** For each copy: from its provision to the first answer, psql's start included. */
  readonly firstQueryMs: readonly number[];
  readonly copies: { readonly count: number; readonly logicalBytes: number; readonly usedBytes: number };
}
