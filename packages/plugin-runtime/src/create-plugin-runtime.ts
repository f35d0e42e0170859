import type { Clock, PluginLogs, PluginRuntime } from "@opendvp/core";
import { createLauncher, type GuardOptions } from "./guards/create-launcher.ts";
import { nodeHost } from "./node/node-host.ts";
import type { PoolLimits } from "./pool/process-pool.ts";
import { LaunchedPlugins } from "./launched-plugins.ts";

export interface PluginRuntimeOptions {
  readonly clock: Clock;
  readonly logs: PluginLogs;
  readonly guards?: GuardOptions;
  readonly pool?: PoolLimits;
  /** What one operation may write to stdout, stderr and its log. Default 64 MiB. */
  readonly outputLimitBytes?: number;
  /** How long a plugin may take to load. Default 30 s. */
  readonly startLimitMs?: number;
  /** How long a cancelled operation may take to end by itself, before its process is killed. Default 2 s. */
  readonly cancelGraceMs?: number;
}

export const DEFAULT_OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/** Tries out the machine's guards, then runs plugins behind them. */
export async function createPluginRuntime(options: PluginRuntimeOptions): Promise<PluginRuntime> {
  const { clock, logs, guards = {}, pool = {}, startLimitMs = 30_000, cancelGraceMs = 2000 } = options;
  const outputLimitBytes = options.outputLimitBytes ?? DEFAULT_OUTPUT_LIMIT_BYTES;
  const launcher = await createLauncher(guards);
  return new LaunchedPlugins({ pool, clock, logs, launcher, hosts: [nodeHost], startLimitMs, cancelGraceMs, outputLimitBytes });
}
