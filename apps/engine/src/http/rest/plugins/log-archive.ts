import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGzip } from "node:zlib";
import type { PluginLogFile } from "@opendvp/core";
import { tarEnd, tarEntry } from "./tar-entry.ts";

/**
 * The log files of a plugin as a .tar.gz. A file is read whole before it is written, because the archive names its size
 * first and a log may grow meanwhile; rotation keeps each small.
 */
export function logArchive(pluginName: string, files: readonly PluginLogFile[], at: Date): Readable {
  const directory = `log/mgmt_log/plugin_log/${pluginName.replaceAll(/[/\\\0]/g, "_")}`;
  const compressed = createGzip();
  const entries = Readable.from(tarOf(directory, files, at));
  entries.on("error", (cause) => compressed.destroy(cause));
  return entries.pipe(compressed);
}

async function* tarOf(directory: string, files: readonly PluginLogFile[], at: Date): AsyncGenerator<Buffer> {
  for (const file of files) yield tarEntry(`${directory}/${file.name}`, await buffer(file.open()), at);
  yield tarEnd();
}
