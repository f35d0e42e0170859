/** One thing that the tour did. */
export interface StepFigures {
  readonly step: string;
  readonly durationMs: number;
  /** How many bytes more of the pool are used after it; null where nothing is stored. */
  readonly poolGrowthBytes: number | null;
}

/** What the tour shows: how long each step took, what a copy seems to hold and what it takes. */
export interface Figures {
  readonly source: { readonly path: string; readonly files: number; readonly bytes: number };
  readonly pool: { readonly driver: string; readonly isThin: boolean };
  readonly steps: readonly StepFigures[];
  readonly copies: { readonly count: number; readonly logicalBytes: number; readonly usedBytes: number };
}
