import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addActionList } from "./list.ts";

export function addActionNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("action").description("What was asked of the engine, and by whom.");
  addActionList(noun, terminal);
}
