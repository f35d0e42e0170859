import { HOST_TYPES, type HostType, PLUGIN_LANGUAGES, type PluginLanguage } from "@opendvp/model";
import { type Command, Option } from "commander";
import { addCommand } from "../command/add-command.ts";
import type { CommonOptions } from "../command/common-options.ts";
import { runs } from "../command/runs.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends CommonOptions {
  readonly pluginName: string;
  readonly rootDir: string;
  readonly ingestionStrategy: "DIRECT" | "STAGED";
  readonly hostType: HostType;
  readonly language: PluginLanguage;
}

export function addInit(program: Command, terminal: Terminal): void {
  const command = addCommand(program, "init", "Begin a new plugin: files that build at once. Overwrites nothing.")
    .requiredOption("-n, --plugin-name <name>", "what people see")
    .option("-r, --root-dir <path>", "where its files go", ".")
    .addOption(
      new Option("-s, --ingestion-strategy <strategy>", "DIRECT copies from the source host, STAGED keeps a staging copy")
        .choices(["DIRECT", "STAGED"])
        .default("DIRECT"),
    )
    .addOption(new Option("-t, --host-type <type>", "the kind of host").choices(HOST_TYPES).default("UNIX"))
    .addOption(new Option("-l, --language <language>", "the plugin's language").choices(PLUGIN_LANGUAGES).default("TYPESCRIPT"));
  runs<Options>(command, terminal, async (context) => {
    const { pluginName: name, rootDir: directory, ingestionStrategy: strategy, hostType, language } = context.options;
    const { initPlugin } = await import("@opendvp/plugin-tools");
    const made = await initPlugin({ name, directory, strategy, hostType, language });
    context.print(made, () => `Wrote ${made.files.join(", ")}.\nBuild it with: dvp build -c ${made.configFile}`);
  });
}
