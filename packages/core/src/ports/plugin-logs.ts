import type { Readable } from "node:stream";

export type PluginLogLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** A log file as it is now. */
export interface PluginLogFile {
  readonly name: string;
  readonly open: () => Readable;
}

/** Three files per plugin: debug.log (all), info.log (INFO and up), error.log (WARNING and up). Rotated by size. */
export interface PluginLogs {
  /** Never throws and never waits for the disk; lines past a bounded backlog are dropped and counted in the log. */
  write(pluginName: string, level: PluginLogLevel, prefix: string, message: string): void;
  /** The files of one plugin, by name. */
  files(pluginName: string): Promise<readonly PluginLogFile[]>;
  close(): Promise<void>;
}
