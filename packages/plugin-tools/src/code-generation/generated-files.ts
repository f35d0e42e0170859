/** What a build writes into the source directory. */
export interface GeneratedFiles {
  /** The types or classes of the plugin's schemas. */
  readonly definitionsFile: string;
}
