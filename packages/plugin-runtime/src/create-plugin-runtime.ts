import type { Clock, PluginLogs, PluginRuntime, PluginVersion } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { createLauncher, type GuardOptions } from "./guards/create-launcher.ts";
import { measureMemory } from "./guards/memory-watch.ts";
import { nodeHost } from "./node/node-host.ts";
import { ProcessPool, type PoolLimits } from "./pool/process-pool.ts";
import { canceled } from "./process/interruption.ts";
import { startPlugin, type StartPluginOptions } from "./start-plugin.ts";

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

const SWEEP_MS = 1000;

/** Tries out the machine's guards, then runs plugins behind them. */
export async function createPluginRuntime(options: PluginRuntimeOptions): Promise<PluginRuntime> {
  const { clock, logs, pool: limits = {}, startLimitMs = 30_000, cancelGraceMs = 2000 } = options;
  const launcher = await createLauncher(options.guards ?? {});
  const start: StartPluginOptions = { clock, logs, launcher, hosts: [nodeHost], startLimitMs, cancelGraceMs };
  const pools = new Map<string, { readonly plugin: PluginVersion; readonly pool: ProcessPool }>();
  const closing = new AbortController();
  let memory: ReadonlyMap<number, number> = new Map();

  const processes = () =>
    [...pools.values()].flatMap(({ plugin, pool }) => pool.processes.map((entry) => ({ ...entry, plugin: plugin.reference })));

  async function watch(): Promise<void> {
    for (const { pool } of pools.values()) pool.sweep();
    memory = await measureMemory(processes().map(({ process }) => process.pid));
    if (launcher.isMemoryLimited) return;
    for (const { process } of processes()) if ((memory.get(process.pid) ?? 0) > launcher.memoryLimitBytes) process.exceedMemory();
  }

  const watching = keepWatching(watch, clock, closing.signal);

  function poolOf(plugin: PluginVersion): ProcessPool {
    const key = JSON.stringify([plugin.reference, plugin.sourceDirectory, plugin.entryPoint]);
    const known = pools.get(key);
    if (known !== undefined) return known.pool;
    const pool = new ProcessPool({ limits, clock, start: async (signal) => (await startPlugin(start, plugin, signal)).process });
    pools.set(key, { plugin, pool });
    return pool;
  }

  return {
    async describe(plugin) {
      const { process, description } = await startPlugin(start, plugin, closing.signal);
      await process.shutDown();
      return description;
    },
    async call(call) {
      if (closing.signal.aborted)
        throw new EngineError("STATE_UNSUITABLE", "The engine is shutting down", { action: "Try again when it is up." });
      const place = { plugin: call.plugin.name, operation: call.operation };
      if (call.signal.aborted) throw canceled(place);
      try {
        return await poolOf(call.plugin).run(call);
      } catch (error) {
        if (call.signal.aborted) throw canceled(place);
        throw EngineError.from(error);
      }
    },
    async retire(reference) {
      const retired = [...pools].filter(([, { plugin }]) => plugin.reference === reference);
      for (const [key] of retired) pools.delete(key);
      await Promise.all(retired.map(([, { pool }]) => pool.retire()));
    },
    status: () => ({
      processes: processes().map(({ process, isBusy, plugin }) => ({
        plugin,
        pid: process.pid,
        isBusy,
        rssBytes: memory.get(process.pid) ?? 0,
      })),
      missingGuards: launcher.missingGuards,
    }),
    async close() {
      closing.abort();
      await Promise.all([...pools.values()].map(({ pool }) => pool.close()));
      await watching;
      await launcher.close();
    },
  };
}

async function keepWatching(watch: () => Promise<void>, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(SWEEP_MS, signal);
    } catch {
      return;
    }
    await watch();
  }
}
