import type { PluginLogs } from "../ports/plugin-logs.ts";
import type { Uploaded } from "../use-cases/plugin-use-cases.ts";

/** An artifact may be wrong in as many places as it has bytes, with names as long; the lines and events that tell of it are kept. */
const MOST_TOLD = 100;
const MOST_CHARACTERS = 500;

/** The warnings of an upload as logs and jobs tell them. */
export function toldWarnings(warnings: readonly string[]): readonly string[] {
  const left = warnings.length - MOST_TOLD;
  const told = warnings.slice(0, MOST_TOLD).map((line) => (line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)} …` : line));
  return left <= 0 ? told : [...told, `There are ${left} more warnings of this upload.`];
}

/** Not every client is answered with them: the log of the plugin has them in any case. */
export function logWarnings(logs: Pick<PluginLogs, "write">, pluginName: string, { action, plugin, warnings }: Uploaded): void {
  const prefix = `[Upload|${action}|PLUGIN_UPLOAD(${plugin})]`;
  for (const message of toldWarnings(warnings)) logs.write(pluginName, { level: "WARNING", prefix, message });
}
