import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addTimeflowDelete } from "./delete.ts";
import { addTimeflowList } from "./list.ts";

export function addTimeflowNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("timeflow").description("Unbroken histories of datasets.");
  addTimeflowList(noun, terminal);
  addTimeflowDelete(noun, terminal);
}
