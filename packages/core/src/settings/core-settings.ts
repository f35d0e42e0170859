/** Limits and names that the engine's configuration sets. */
export interface CoreSettings {
  /** Distinguishes this engine's marks and labels from those of another. */
  readonly engineId: string;
  readonly timeLimits: TimeLimits;
  /** Waits between repetitions of what must not be given up. */
  readonly retryDelaysMs: readonly number[];
  readonly monitoring: MonitoringIntervals;
  /** How long what was asked is kept, where it led to no job. */
  readonly keepActionsDays: number;
  /** Below it, plugins find a directory of their own on each host. */
  readonly defaultScratchPath: string;
  /** Directory with helper programs for plugins. */
  readonly binaryPath: string;
  /** Below it, snapshots are mounted while they are prepared. */
  readonly preparationPath: string;
}

/** Milliseconds; operations that move data have none. */
export interface TimeLimits {
  readonly discoveryMs: number;
  readonly statusMs: number;
  readonly operationMs: number;
}

export interface MonitoringIntervals {
  /** Staged status and worker. */
  readonly stagedMs: number;
  readonly virtualMs: number;
}

export const DEFAULT_TIME_LIMITS: TimeLimits = { discoveryMs: 5 * 60_000, statusMs: 60_000, operationMs: 60 * 60_000 };
export const DEFAULT_MONITORING: MonitoringIntervals = { stagedMs: 10_000, virtualMs: 60_000 };
export const DEFAULT_KEEP_ACTIONS_DAYS = 400;
export const DEFAULT_RETRY_DELAYS_MS: readonly number[] = [200, 1_000, 5_000];
