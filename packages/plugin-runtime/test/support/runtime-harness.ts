import type { OperationCall, PlatformLibraries, PluginLogEntry, PluginLogs, PluginRuntime, PluginVersion } from "@opendvp/core";
import type { Json, JsonObject } from "@opendvp/model";
import type { Launcher } from "../../src/guards/launcher.ts";
import { LaunchedPlugins } from "../../src/launched-plugins.ts";
import { luaHost } from "../../src/lua/lua-host.ts";
import { nodeHost } from "../../src/node/node-host.ts";
import { createPluginRuntime, DEFAULT_PLUGIN_LIMITS, type PluginRuntimeOptions } from "../../src/index.ts";
import { removePlugins } from "./build-plugin.ts";
import { buildRunner } from "./build-runner.ts";
import { connection } from "./values.ts";
import { systemClock } from "./system-clock.ts";

export interface LogLine extends PluginLogEntry {
  readonly plugin: string;
}

export interface CallChanges extends Partial<OperationCall> {
  /** Without a time limit, as operations that move data. */
  readonly isUnlimited?: true;
}

/** A runtime with real processes, and what its plugins logged. */
export interface RuntimeHarness {
  readonly runtime: PluginRuntime;
  readonly lines: LogLine[];
  /** Calls an operation that gets a virtual source; `parameters` is what its handler finds in there. */
  call(plugin: PluginVersion, parameters?: JsonObject, changes?: CallChanges): Promise<Json>;
  close(): Promise<void>;
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

/** @param launcher instead of the best one that this machine can give */
export async function createHarness(options: Partial<PluginRuntimeOptions> = {}, launcher?: Launcher): Promise<RuntimeHarness> {
  buildRunner();
  const lines: LogLine[] = [];
  const logs: PluginLogs = {
    write: (plugin, entry) => void lines.push({ plugin, ...entry }),
    files: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  const runtime =
    launcher === undefined
      ? await createPluginRuntime({ clock: systemClock, logs, ...options })
      : new LaunchedPlugins({
          clock: systemClock,
          logs,
          areLogsKept: options.areLogsKept ?? false,
          launcher,
          hosts: [nodeHost, luaHost],
          limits: DEFAULT_PLUGIN_LIMITS,
          cancelGraceMs: 300,
        });
  return {
    runtime,
    lines,
    call: (plugin, parameters = {}, { isUnlimited, ...changes } = {}) =>
      runtime.call({
        plugin,
        operation: "virtual.start",
        arguments: { virtualSource: { guid: "guid-1", connection, parameters, mounts: [] }, repository: {}, sourceConfig: {} },
        secrets: [],
        libraries: noLibraries,
        signal: new AbortController().signal,
        ...(isUnlimited === undefined && { timeLimitMs: 20_000 }),
        logPrefix: "[Worker-1|JOB-1|DB_START(APPDATA_CONTAINER-1)]",
        ...changes,
      }),
    async close() {
      await runtime.close();
      await removePlugins();
    },
  };
}
