import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, PluginLogLevel, PluginLogs } from "@opendvp/core";
import { formatEntry } from "./format-entry.ts";
import { RotatingFile } from "./rotating-file.ts";
import { safeFileName } from "./safe-file-name.ts";

export interface PluginLogsOptions {
  /** Each plugin gets a directory of its own in here. */
  readonly directory: string;
  readonly clock: Clock;
  /** Default 10 MiB. */
  readonly fileLimitBytes?: number;
  /** Former files that stay of each. Default 4. */
  readonly keptFiles?: number;
  /** What may wait for the disk, per file. Default 4 MiB. */
  readonly backlogLimitBytes?: number;
}

const MIB = 1024 * 1024;

const FILES: Readonly<Record<string, readonly PluginLogLevel[]>> = {
  "debug.log": ["DEBUG", "INFO", "WARNING", "ERROR"],
  "info.log": ["INFO", "WARNING", "ERROR"],
  "error.log": ["WARNING", "ERROR"],
};

interface LevelFile {
  readonly levels: readonly PluginLogLevel[];
  readonly file: RotatingFile;
}

/** PluginLogs as files below a directory. */
export function createPluginLogs(options: PluginLogsOptions): PluginLogs {
  const { directory, clock } = options;
  const plugins = new Map<string, readonly LevelFile[]>();

  function open(pluginName: string): readonly LevelFile[] {
    return Object.entries(FILES).map(([name, levels]) => ({
      levels,
      file: new RotatingFile({
        path: join(directory, safeFileName(pluginName), name),
        sizeLimitBytes: options.fileLimitBytes ?? 10 * MIB,
        keptFiles: options.keptFiles ?? 4,
        backlogLimitBytes: options.backlogLimitBytes ?? 4 * MIB,
        droppedEntry: (count) =>
          formatEntry(clock.now(), { level: "WARNING", prefix: "", message: `${count} lines were dropped: the disk did not keep up.` }),
      }),
    }));
  }

  const flush = async (files: readonly LevelFile[]): Promise<void> => {
    await Promise.all(files.map(({ file }) => file.flushed()));
  };

  return {
    write(pluginName, entry) {
      const files = plugins.get(pluginName) ?? open(pluginName);
      plugins.set(pluginName, files);
      const line = formatEntry(clock.now(), entry);
      for (const { levels, file } of files) if (levels.includes(entry.level)) file.append(line);
    },
    async files(pluginName) {
      await flush(plugins.get(pluginName) ?? []);
      const place = join(directory, safeFileName(pluginName));
      const names = await readdir(place).catch((): string[] => []);
      return names.sort().map((name) => ({ name, open: () => createReadStream(join(place, name)) }));
    },
    async close() {
      await Promise.all([...plugins.values()].map(flush));
    },
  };
}
