import { format } from "node:util";
import type { LogLevel } from "@opendvp/plugin-protocol";
import { pluginHost } from "./plugin-host.ts";

/**
 * Writes to the plugin's log files on the engine. The message may have placeholders (`%s`, `%d`, `%j`, `%o`) as in
 * console.log. Never throws, never waits. Outside of a plugin process it writes to stderr.
 */
export const logger = {
  debug: (message: string, ...values: unknown[]): void => write("DEBUG", message, values),
  info: (message: string, ...values: unknown[]): void => write("INFO", message, values),
  warning: (message: string, ...values: unknown[]): void => write("WARNING", message, values),
  error: (message: string, ...values: unknown[]): void => write("ERROR", message, values),
};

function write(level: LogLevel, message: string, values: readonly unknown[]): void {
  const text = format(message, ...values);
  const host = pluginHost();
  if (host === undefined) process.stderr.write(`${level} ${text}\n`);
  else host.log(level, text);
}
