import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "@opendvp/client";
import { EngineError, isJsonObject, type Json } from "@opendvp/model";
import { makeDirectory } from "@opendvp/subprocess";
import type { Command } from "commander";
import { parse as parseYaml } from "yaml";
import { addCommand } from "../command/add-command.ts";
import { runs } from "../command/runs.ts";
import { addPublicToolOptions, publicToolClient, type PublicToolOptions } from "../input/public-tool-options.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends PublicToolOptions {
  readonly pluginConfig: string;
  readonly plugin?: string;
  readonly directory: string;
}

export function addDownloadLogs(program: Command, terminal: Terminal): void {
  const command = addPublicToolOptions(addCommand(program, "download-logs", "Download the logs of a plugin."))
    .option("-c, --plugin-config <path>", "the configuration of the plugin", "plugin_config.yml")
    .option("--plugin <plugin>", "the installed plugin, instead of its configuration")
    .option("-d, --directory <path>", "where to put the file", ".");
  runs<Options>(command, terminal, async (context) => {
    const { directory, plugin, pluginConfig } = context.options;
    const client = await publicToolClient(context);
    const pluginId = plugin ?? (await installedPlugin(client, await ownId(pluginConfig)));
    const content = await client.plugins.logs({ params: { pluginId } });
    await makeDirectory(directory);
    const file = join(directory, `plugin-logs-${new Date().toISOString().replaceAll(/[:.]/g, "-")}.tar.gz`);
    await pipeline(Readable.from(content), createWriteStream(file, { flags: "wx", mode: 0o600 }));
    context.print({ file }, () => `Wrote ${file}.`);
  });
}

/** The plugin's own id, from its configuration. */
async function ownId(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new EngineError("INPUT_INVALID", `The configuration ${path} cannot be read.`, {
      action: "Name it with --plugin-config, or give --plugin.",
      cause,
    });
  });
  const config = parseYaml(text) as Json;
  const id = isJsonObject(config) ? config["id"] : undefined;
  if (typeof id === "string") return id;
  throw new EngineError("PLUGIN_INVALID", `The configuration ${path} has no id.`, { action: "Give the plugin a UUID as its id." });
}

async function installedPlugin(client: Client, pluginId: string): Promise<string> {
  const { items } = await client.plugins.search({ body: { filter_expression: `plugin_id EQ "${pluginId.replaceAll(/["\\]/g, "")}"` } });
  const [plugin] = items;
  if (plugin !== undefined) return plugin.id;
  throw new EngineError("NOT_FOUND", `The plugin ${pluginId} is not installed.`, { action: "Upload it with `dvp upload`." });
}
