import type { Clock, PluginLogs, PluginRuntime } from "@opendvp/core";
import { createLauncher, type GuardOptions } from "./guards/create-launcher.ts";
import { luaHost } from "./lua/lua-host.ts";
import { nodeHost } from "./node/node-host.ts";
import type { ConfiguredInterpreters } from "./python/find-interpreter.ts";
import { createPythonHost } from "./python/python-host.ts";
import { LaunchedPlugins } from "./launched-plugins.ts";
import { DEFAULT_PLUGIN_LIMITS, type PluginLimits } from "./plugin-limits.ts";

export interface PluginRuntimeOptions {
  readonly clock: Clock;
  readonly logs: PluginLogs;
  /** Whether users can look at what is written there: then why a plugin does not start is written there as well. Default false. */
  readonly areLogsKept?: boolean;
  readonly guards?: GuardOptions;
  /** Those left out are DEFAULT_PLUGIN_LIMITS. */
  readonly limits?: Partial<PluginLimits>;
  /** Of languages whose interpreter is not to be looked for on PATH. */
  readonly interpreters?: ConfiguredInterpreters;
  /** How long a cancelled operation may take to end by itself, before its process is killed. Default 2 s. */
  readonly cancelGraceMs?: number;
}

/** Tries out the machine's guards, then runs plugins behind them. */
export async function createPluginRuntime(options: PluginRuntimeOptions): Promise<PluginRuntime> {
  const { clock, logs, areLogsKept = false, guards = {}, interpreters = {}, cancelGraceMs = 2000 } = options;
  const limits: PluginLimits = { ...DEFAULT_PLUGIN_LIMITS, ...options.limits };
  const launcher = await createLauncher(guards, limits);
  const hosts = [nodeHost, createPythonHost(interpreters), luaHost];
  return new LaunchedPlugins({ clock, logs, areLogsKept, launcher, hosts, limits, cancelGraceMs });
}
