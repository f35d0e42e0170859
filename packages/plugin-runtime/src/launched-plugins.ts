import { existsSync } from "node:fs";
import type { PluginCall, PluginDescription, PluginRuntime, PluginVersion } from "@opendvp/core";
import { EngineError, type Json } from "@opendvp/model";
import { findFamilies, residentBytes, type Family } from "./guards/memory-watch.ts";
import { IdleWatch } from "./pool/idle-watch.ts";
import { ProcessPool, type PoolProcess } from "./pool/process-pool.ts";
import { canceled } from "./process/interruption.ts";
import { placeOf } from "./process/operation-place.ts";
import type { PluginProcess } from "./process/plugin-process.ts";
import { startPlugin, type StartPluginOptions } from "./start-plugin.ts";

interface VersionPool {
  readonly plugin: PluginVersion;
  readonly pool: ProcessPool;
}

const WATCH_MS = 1000;
/** A process that has grown beyond is not used again: the next operation must have room of its own. */
const REUSE_SHARE = 0.5;

/** The PluginRuntime over one launcher: a pool per plugin version, and a look at all of them every second. */
export class LaunchedPlugins implements PluginRuntime {
  readonly #options: StartPluginOptions;
  readonly #pools = new Map<string, VersionPool>();
  readonly #closing = new AbortController();
  readonly #watching: Promise<void>;
  readonly #idleWatch = new IdleWatch();
  #families: ReadonlyMap<number, Family> = new Map();

  constructor(options: StartPluginOptions) {
    this.#options = options;
    this.#watching = this.#keepWatching();
  }

  async describe(plugin: PluginVersion): Promise<PluginDescription> {
    const { process, description } = await startPlugin(this.#options, plugin, this.#closing.signal);
    await process.shutDown();
    return description;
  }

  async call(call: PluginCall): Promise<Json> {
    if (this.#closing.signal.aborted) {
      throw new EngineError("STATE_UNSUITABLE", "The engine is shutting down", { action: "Try again when it is up." });
    }
    try {
      return await this.#poolOf(call.plugin).run(call);
    } catch (error) {
      if (call.signal.aborted) throw canceled(placeOf(call.plugin, call.operation));
      throw EngineError.from(error);
    }
  }

  async retire(reference: string): Promise<void> {
    const retired = [...this.#pools].filter(([, { plugin }]) => plugin.reference === reference);
    for (const [key] of retired) this.#pools.delete(key);
    await Promise.all(retired.map(([, { pool }]) => pool.retire()));
  }

  status(): ReturnType<PluginRuntime["status"]> {
    return {
      processes: this.#processes().map(({ process, idleSinceMs, plugin }) => ({
        plugin,
        pid: process.pid,
        isBusy: idleSinceMs === undefined,
        rssBytes: this.#memoryOf(process),
      })),
      missingGuards: this.#options.launcher.missingGuards,
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#pools.values()].map(({ pool }) => pool.close()));
    await this.#watching;
    await this.#options.launcher.close();
  }

  #processes(): readonly (PoolProcess & { readonly plugin: string })[] {
    return [...this.#pools.values()].flatMap(({ plugin, pool }) => pool.processes.map((entry) => ({ ...entry, plugin: plugin.reference })));
  }

  /** A plugin that is uploaded again under its reference has another directory, and never meets processes of the former code. */
  #poolOf(plugin: PluginVersion): ProcessPool {
    const key = JSON.stringify([plugin.reference, plugin.sourceDirectory, plugin.entryPoint]);
    const known = this.#pools.get(key);
    if (known !== undefined) return known.pool;
    const { limits, clock } = this.#options;
    const start = async (signal: AbortSignal): Promise<PluginProcess> => {
      const { process } = await startPlugin(this.#options, plugin, signal);
      await this.#lookAt([process]);
      this.#idleWatch.noteStart(process, this.#familyOf(process));
      return process;
    };
    const pool = new ProcessPool({ limits, clock, start, isReusable: (process) => this.#isReusable(process) });
    this.#pools.set(key, { plugin, pool });
    return pool;
  }

  #isReusable(process: PluginProcess): boolean {
    return process.isReusable && this.#memoryOf(process) <= this.#options.launcher.memoryLimitBytes * REUSE_SHARE;
  }

  #memoryOf(process: PluginProcess): number {
    return residentBytes(this.#familyOf(process));
  }

  #familyOf({ pid }: PluginProcess): Family {
    return this.#families.get(pid) ?? [];
  }

  /** Notes who belongs to these processes, and forgets those that have ended. */
  async #lookAt(processes: readonly PluginProcess[]): Promise<void> {
    const found = await findFamilies(processes.map(({ pid }) => pid));
    const known = [...this.#families].filter(([pid]) => existsSync(`/proc/${pid}`));
    this.#families = new Map([...known, ...found]);
  }

  async #keepWatching(): Promise<void> {
    while (await this.#nextWatch()) await this.#watch();
  }

  /** False when the runtime closes first. */
  #nextWatch(): Promise<boolean> {
    return this.#options.clock.sleep(WATCH_MS, this.#closing.signal).then(
      () => true,
      () => false,
    );
  }

  async #watch(): Promise<void> {
    const { launcher } = this.#options;
    for (const { pool } of this.#pools.values()) pool.sweep();
    const processes = this.#processes();
    if (processes.length === 0) return;
    await this.#lookAt(processes.map(({ process }) => process));
    this.#endRestless();
    if (launcher.isMemoryLimited) return;
    for (const { process } of processes) if (this.#memoryOf(process) > launcher.memoryLimitBytes) process.exceedMemory();
  }

  #endRestless(): void {
    const now = this.#options.clock.monotonicMs();
    for (const { process, idleSinceMs } of this.#processes()) {
      if (idleSinceMs === undefined) continue;
      const complaint = this.#idleWatch.complaint({ process, family: this.#familyOf(process), idleSinceMs }, now);
      if (complaint !== undefined) process.dismiss(complaint);
    }
  }
}
