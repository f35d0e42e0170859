/** A file of the source tree that an artifact carries. */
export interface PluginFile {
  /** Relative to the root of the tree, with forward slashes. */
  readonly path: string;
  readonly contents: Uint8Array;
  readonly isExecutable: boolean;
}
