/**
 * The types of a plugin's six schema definitions. `dvp build` generates an interface of this shape from schema.json;
 * a plugin is made with it: `new DirectPlugin<Definitions>()`.
 */
export interface Definitions {
  readonly repository: object;
  readonly sourceConfig: object;
  /** The parameters of a linked source. */
  readonly linkedSource: object;
  /** The parameters of a virtual source. */
  readonly virtualSource: object;
  readonly snapshot: object;
  readonly snapshotParameters: object;
}
