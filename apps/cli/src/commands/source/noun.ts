import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addSourceAdd } from "./add.ts";
import { addSourceDelete } from "./delete.ts";
import { addSourceList } from "./list.ts";
import { addSourceShow } from "./show.ts";
import { addSourceUpdate } from "./update.ts";

export function addSourceNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("source").description("Datasets on repositories, which can be linked.");
  addSourceList(noun, terminal);
  addSourceShow(noun, terminal);
  addSourceAdd(noun, terminal);
  addSourceUpdate(noun, terminal);
  addSourceDelete(noun, terminal);
}
