import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addHookList } from "./list.ts";
import { addHookRemove } from "./remove.ts";
import { addHookSet } from "./set.ts";

export function addHookNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("hook").description("Your own commands at points of workflows.");
  addHookList(noun, terminal);
  addHookSet(noun, terminal);
  addHookRemove(noun, terminal);
}
