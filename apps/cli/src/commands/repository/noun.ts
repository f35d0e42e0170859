import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addRepositoryList } from "./list.ts";

export function addRepositoryNoun(program: Command, terminal: Terminal): void {
  addRepositoryList(program.command("repository").description("Installations that datasets need, as plugins discover them."), terminal);
}
