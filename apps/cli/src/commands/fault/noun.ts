import type { Command } from "commander";
import type { Terminal } from "../../terminal.ts";
import { addFaultList } from "./list.ts";
import { addFaultResolve } from "./resolve.ts";

export function addFaultNoun(program: Command, terminal: Terminal): void {
  const noun = program.command("fault").description("States that need care.");
  addFaultList(noun, terminal);
  addFaultResolve(noun, terminal);
}
