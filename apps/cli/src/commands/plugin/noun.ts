import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addPluginActivate } from "./activate.ts";
import { addPluginDelete } from "./delete.ts";
import { addPluginList } from "./list.ts";
import { addPluginShow } from "./show.ts";
import { addPluginUpgrade } from "./upgrade.ts";

export function addPluginNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("plugin").description("Plugins that are installed in the engine.");
  addPluginList(noun, terminal);
  addPluginShow(noun, terminal);
  addPluginUpgrade(noun, terminal);
  addPluginActivate(noun, terminal);
  addPluginDelete(noun, terminal);
}
