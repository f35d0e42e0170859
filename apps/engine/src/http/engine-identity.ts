/** What an engine calls itself. */
export interface EngineIdentity {
  /** Part of what is answered about every object; `1` unless set up otherwise. */
  readonly id: string;
  readonly name: string;
  /** Never the same for two engines. */
  readonly uuid: string;
}
