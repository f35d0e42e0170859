import { rm } from "node:fs/promises";
import type { PlatformLibraries, PluginCall, PluginLogLevel, PluginLogs, PluginRuntime, PluginVersion } from "@opendvp/core";
import type { Json, JsonObject } from "@opendvp/model";
import { createPluginRuntime, type PluginRuntimeOptions } from "../../src/index.ts";
import { buildRunner } from "./build-runner.ts";
import { connection } from "./values.ts";
import { systemClock } from "./system-clock.ts";

export interface LogLine {
  readonly plugin: string;
  readonly level: PluginLogLevel;
  readonly prefix: string;
  readonly message: string;
}

/** A runtime with real processes, and what its plugins logged. */
export interface RuntimeHarness {
  readonly runtime: PluginRuntime;
  readonly lines: LogLine[];
  /** Calls an operation that gets a virtual source; `parameters` is what its handler finds in there. */
  call(plugin: PluginVersion, parameters?: JsonObject, changes?: Partial<PluginCall>): Promise<Json>;
  close(...plugins: readonly (PluginVersion | undefined)[]): Promise<void>;
}

const unexpected = (): Promise<never> => Promise.reject(new Error("This test expects no library call."));

export const noLibraries: PlatformLibraries = {
  runBash: unexpected,
  runPowershell: unexpected,
  runExpect: unexpected,
  runSync: unexpected,
  retrieveCredentials: unexpected,
  upgradePassword: unexpected,
};

export async function createHarness(options: Partial<PluginRuntimeOptions> = {}): Promise<RuntimeHarness> {
  buildRunner();
  const lines: LogLine[] = [];
  const logs: PluginLogs = {
    write: (plugin, level, prefix, message) => void lines.push({ plugin, level, prefix, message }),
    files: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  const runtime = await createPluginRuntime({ clock: systemClock, logs, ...options });
  return {
    runtime,
    lines,
    call: (plugin, parameters = {}, changes = {}) =>
      runtime.call({
        plugin,
        operation: "virtual.start",
        arguments: { virtualSource: { guid: "guid-1", connection, parameters, mounts: [] }, repository: {}, sourceConfig: {} },
        libraries: noLibraries,
        signal: new AbortController().signal,
        timeLimitMs: 20_000,
        logPrefix: "[Worker-1|JOB-1|DB_START(APPDATA_CONTAINER-1)]",
        ...changes,
      }),
    async close(...plugins) {
      await runtime.close();
      for (const plugin of plugins) if (plugin !== undefined) await rm(plugin.sourceDirectory, { recursive: true, force: true });
    },
  };
}
