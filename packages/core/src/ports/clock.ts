/** Time, so that tests can turn it. */
export interface Clock {
  /** Wall-clock time; may jump. For people and records. */
  now(): Date;
  /** Milliseconds that only grow, from an arbitrary start. For durations and limits. */
  monotonicMs(): number;
  /** Resolves after a duration; rejects with the signal's reason when aborted. The timer does not keep the process alive. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}
