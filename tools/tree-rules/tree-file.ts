/** A file of the tree as the rules see it. */
export interface TreeFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** A breach of a rule: where, and what to do about it. */
export interface Offence {
  readonly path: string;
  readonly message: string;
}

/** Looks at the whole tree at once, so that a rule can also miss what is not there. */
export type TreeRule = (files: readonly TreeFile[]) => readonly Offence[];
