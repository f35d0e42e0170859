/** What an administrator can allow plugin processes; every one has a default. */
export interface PluginLimits {
  /** Resident memory of one process with its children. */
  readonly memoryLimitBytes: number;
  /** Processes and threads of one process. */
  readonly processLimit: number;
  /** What one operation may write to stdout, stderr and its log. */
  readonly outputLimitBytes: number;
  /** How long a plugin may take to load. */
  readonly startLimitMs: number;
  /** Operations with a time limit that may run at once, per plugin version. */
  readonly concurrency: number;
  /** Operations without one, such as syncs, on top of those: they never take the others' places. */
  readonly unlimitedConcurrency: number;
  /** How long a process stays without work. */
  readonly idleMs: number;
  /** The same for the last one of a plugin, which keeps the next operation fast. */
  readonly lastIdleMs: number;
  /** The user ids of plugin processes, as root; nothing else on the machine may use them. */
  readonly firstUid: number;
  readonly uidCount: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_PLUGIN_LIMITS: PluginLimits = {
  memoryLimitBytes: 512 * MIB,
  processLimit: 256,
  outputLimitBytes: 64 * MIB,
  startLimitMs: 30_000,
  concurrency: 16,
  unlimitedConcurrency: 32,
  idleMs: 60_000,
  lastIdleMs: 30 * 60_000,
  // Above the ranges that Debian, systemd and container tools hand out.
  firstUid: 1_900_000_000,
  uidCount: 1000,
};
