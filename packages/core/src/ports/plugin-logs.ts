import type { Readable } from "node:stream";

export type PluginLogLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR";

export interface PluginLogEntry {
  readonly level: PluginLogLevel;
  /** Whose doing it is, e.g. `[Worker-3|JOB-315|ENVIRONMENT_DISCOVER(UNIX_HOST_ENVIRONMENT-5)]`. */
  readonly prefix: string;
  readonly message: string;
}

/** A log file as it is now. */
export interface PluginLogFile {
  readonly name: string;
  readonly open: () => Readable;
}

/** Three files per plugin: debug.log (all), info.log (INFO and up), error.log (WARNING and up). Rotated by size. */
export interface PluginLogs {
  /** Never throws and never waits for the disk; lines past a bounded backlog are dropped and counted in the log. */
  write(pluginName: string, entry: PluginLogEntry): void;
  /** The files of one plugin, by name. */
  files(pluginName: string): Promise<readonly PluginLogFile[]>;
  close(): Promise<void>;
}
