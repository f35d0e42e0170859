import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGzip } from "node:zlib";
import type { PluginLogFile } from "@opendvp/core";
import { tarEnd, tarEntry } from "./tar-entry.ts";

/** Every plugin has them, and the last one may well have nothing to say. */
const THREE = ["debug.log", "info.log", "error.log"] as const;

/**
 * The log files of a plugin as a .tar.gz, those that are empty as well. A file is read whole before it is written, because the archive names its size
 * first and a log may grow meanwhile; rotation keeps each small.
 */
export function logArchive(pluginName: string, files: readonly PluginLogFile[], at: Date): Readable {
  const directory = `log/mgmt_log/plugin_log/${pluginName.replaceAll(/[/\\\0]|^\.+$/g, "_")}`;
  const compressed = createGzip();
  const entries = Readable.from(tarOf(directory, files, at));
  entries.on("error", (cause) => compressed.destroy(cause));
  return entries.pipe(compressed);
}

async function* tarOf(directory: string, files: readonly PluginLogFile[], at: Date): AsyncGenerator<Buffer> {
  const missing = THREE.filter((name) => !files.some((file) => file.name === name));
  for (const name of missing) yield tarEntry(`${directory}/${name}`, Buffer.alloc(0), at);
  for (const file of files) yield tarEntry(`${directory}/${file.name}`, await buffer(file.open()), at);
  yield tarEnd();
}
