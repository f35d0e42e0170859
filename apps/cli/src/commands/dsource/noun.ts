import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addDSourceDelete } from "./delete.ts";
import { addDSourceDisable } from "./disable.ts";
import { addDSourceEnable } from "./enable.ts";
import { addDSourceLink } from "./link.ts";
import { addDSourceList } from "./list.ts";
import { addDSourceRename } from "./rename.ts";
import { addDSourceShow } from "./show.ts";
import { addDSourceSync } from "./sync.ts";
import { addDSourceUpdate } from "./update.ts";

export function addDSourceNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("dsource").description("Linked sources: datasets that are kept in sync.");
  addDSourceLink(noun, terminal);
  addDSourceSync(noun, terminal);
  addDSourceList(noun, terminal);
  addDSourceShow(noun, terminal);
  addDSourceUpdate(noun, terminal);
  addDSourceRename(noun, terminal);
  addDSourceEnable(noun, terminal);
  addDSourceDisable(noun, terminal);
  addDSourceDelete(noun, terminal);
}
