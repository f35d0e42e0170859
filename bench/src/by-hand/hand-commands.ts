/** What a person types to make copies on a back end. Everything made so is called by a name of the benchmark's own. */
export interface HandCommands {
  /** Where a snapshot of the engine's is, as `clone` takes it. */
  snapshotOf(reference: string): Promise<string>;
  /** Makes a writable copy of a snapshot. */
  clone(snapshot: string, name: string): string;
  /** Makes an empty dataset. */
  create(name: string): string;
  /** Takes a read-only snapshot of what was made so, called `as`. */
  snapshot(name: string, as: string): string;
  /** Such a snapshot, as `clone` takes it. */
  snapshotPathOf(name: string, as: string): string;
  /** Where its files are. */
  pathOf(name: string): string;
}
