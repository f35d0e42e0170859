/** One thing that the tour did. */
export interface StepFigures {
  readonly step: string;
  /** From starting the command to its end, as somebody at a terminal sees it. */
  readonly durationMs: number;
  /** How long the engine's job took of that; null where there was none. */
  readonly jobMs: number | null;
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
