import type { Clock, PluginCall, PluginDescription, PluginLogs, PluginVersion } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { Launcher } from "./guards/launcher.ts";
import type { LanguageHost } from "./language-host.ts";
import { NO_LIBRARIES } from "./no-libraries.ts";
import { notStarted } from "./not-started.ts";
import type { PluginLimits } from "./plugin-limits.ts";
import { PluginProcess } from "./process/plugin-process.ts";
import { ProcessLog } from "./process/process-log.ts";

export interface StartPluginOptions {
  readonly clock: Clock;
  readonly logs: PluginLogs;
  readonly areLogsKept: boolean;
  readonly launcher: Launcher;
  readonly hosts: readonly LanguageHost[];
  readonly limits: PluginLimits;
  readonly cancelGraceMs: number;
}

export interface StartedPlugin {
  readonly process: PluginProcess;
  readonly description: PluginDescription;
}

/** Starts a process and loads the plugin in it. @throws EngineError `PLUGIN_INVALID`, `INTERPRETER_MISSING`, `CANCELED` */
export async function startPlugin(options: StartPluginOptions, plugin: PluginVersion, signal: AbortSignal): Promise<StartedPlugin> {
  const { clock, logs, areLogsKept, launcher, cancelGraceMs } = options;
  const { outputLimitBytes } = options.limits;
  const host = options.hosts.find(({ languages }) => languages.includes(plugin.language));
  if (host === undefined) throw unknownLanguage(plugin, options.hosts);
  const program = await host.locate(plugin.language).catch((error: unknown) => {
    throw cannotRun(plugin, EngineError.from(error));
  });
  const launched = await launcher.launch({ program, sourceDirectory: plugin.sourceDirectory });
  const log = new ProcessLog({ plugin: plugin.name, logs, clock, outputLimitBytes });
  const { memoryLimitBytes, processLimit } = launcher;
  const limits = { memoryLimitBytes, processLimit, outputLimitBytes };
  const process = new PluginProcess({ plugin, program, launched, log, clock, cancelGraceMs, ...limits });
  try {
    return { process, description: await process.initialize(initializeCall(options, plugin, signal)) };
  } catch (thrown) {
    await process.end();
    const error = notStarted(plugin, EngineError.from(thrown), log.lastOutput);
    // A canceled start says nothing about the plugin.
    if (areLogsKept && error.code !== "CANCELED") log.write("ERROR", error.message);
    throw error;
  }
}

function initializeCall(options: StartPluginOptions, plugin: PluginVersion, signal: AbortSignal): PluginCall {
  return {
    plugin,
    operation: "discovery.repository",
    arguments: {},
    secrets: [],
    libraries: NO_LIBRARIES,
    signal,
    timeLimitMs: options.limits.startLimitMs,
    logPrefix: "[load]",
  };
}

function cannotRun(plugin: PluginVersion, { code, message, action, details }: EngineError): EngineError {
  return new EngineError(code, `The plugin ${plugin.name} cannot be run: ${message}`, {
    action,
    details: { plugin: plugin.name, ...details },
  });
}

function unknownLanguage(plugin: PluginVersion, hosts: readonly LanguageHost[]): EngineError {
  const known = hosts.flatMap(({ languages }) => languages).join(", ");
  return new EngineError("PLUGIN_INVALID", `The plugin ${plugin.name} is written in ${plugin.language}, which this engine cannot run.`, {
    action: `Languages that it can run: ${known}.`,
    details: { plugin: plugin.name, language: plugin.language },
  });
}
