/** What goes with a call beside its input. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Streams of events only: go on after this event. */
  readonly lastEventId?: string;
}
