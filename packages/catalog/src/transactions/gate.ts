/** What every piece of work on the store passes through: it decides whether the work may begin and turns its failure into an EngineError. */
export type Gate = <T>(work: () => Promise<T>, about?: Subject) => Promise<T>;

/** What the work was about, for people who read why it failed. */
export interface Subject {
  /** `an environment` */
  readonly label: string;
  /** The members that were written; only `name` is ever shown. */
  readonly members: object;
}
