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
  /** How long a plugin may take to load. Default 30 s. */
  readonly startLimitMs?: number;
  /** How long a cancelled operation may take to end by itself, before its process is killed. Default 2 s. */
  readonly cancelGraceMs?: number;
}

/** Tries out the machine's guards, then runs plugins behind them. */
export async function createPluginRuntime(options: PluginRuntimeOptions): Promise<PluginRuntime> {
  const { clock, logs, guards = {}, pool = {}, startLimitMs = 30_000, cancelGraceMs = 2000 } = options;
  const launcher = await createLauncher(guards);
  return new LaunchedPlugins({ pool, clock, logs, launcher, hosts: [nodeHost], startLimitMs, cancelGraceMs });
}
